package dynoai.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import dynoai.app.CommandTree;
import dynoai.app.console.Console;
import dynoai.dashboard.StatusServer;
import dynoai.dashboard.api.Pages;
import dynoai.schemas.run.ProductVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What can be proven about the chart without a cluster. */
class ChartTest {
    private static final String KAFKA_PROPERTY = "DYNOAI_KAFKA_";

    /** Read by the image's launcher, not by a command. */
    private static final String JAVA_OPTIONS = "DYNOAI_JAVA_OPTS";

    static Stream<Path> examples() throws IOException {
        return Chart.examples().values().stream();
    }

    private static CommandLine commands() {
        return CommandTree.complete(Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
    }

    @Test
    void lint_findsNothing() {
        // When
        LintResult result = Chart.helm().lint().strict().call();

        // Then
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void chart_hasTheVersionOfTheApplication() throws IOException {
        // When
        JsonNode chart = Chart.file("Chart.yaml");

        // Then
        assertThat(chart.at("/version").asText()).isEqualTo(ProductVersion.VERSION);
        assertThat(chart.at("/appVersion").asText()).isEqualTo(ProductVersion.VERSION);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyObject_hasOnlyFieldsOfItsKind(Path values) throws IOException {
        // When
        List<JsonNode> objects = Chart.render(values);

        // Then
        assertThat(objects).hasSizeGreaterThan(10);
        for (JsonNode object : objects) {
            assertThatCode(() -> StrictObjects.parse(object))
                    .as(object.toString())
                    .doesNotThrowAnyException();
        }
        assertThat(objects.stream().map(Chart::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyArgument_isOfItsCommand(Path values) throws IOException {
        // Given
        Map<String, JsonNode> pods = Chart.pods(Chart.render(values));

        // When
        List<String> ignored = new ArrayList<>();
        for (Map.Entry<String, JsonNode> pod : pods.entrySet()) {
            List<String> args = Chart.texts(pod.getValue().at("/spec/containers/0/args"));
            ParseResult parsed = commands().parseArgs(args.toArray(String[]::new));
            for (OptionSpec option : parsed.subcommand().matchedOptions()) {
                if (option.hidden()) {
                    ignored.add(pod.getKey() + ": " + option.longestName());
                }
            }
        }

        // Then
        assertThat(pods).isNotEmpty();
        assertThat(ignored).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyVariable_isASettingOfItsCommand(Path values) throws IOException {
        // Given
        Map<String, JsonNode> pods = Chart.pods(Chart.render(values));

        // When
        List<String> unknown = new ArrayList<>();
        for (JsonNode pod : pods.values()) {
            JsonNode container = pod.at("/spec/containers/0");
            CommandLine command =
                    commands().getSubcommands().get(container.at("/args/0").asText());
            for (JsonNode variable : container.at("/env")) {
                String name = variable.at("/name").asText();
                String flag = "--"
                        + name.replaceFirst("^DYNOAI_", "")
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-');
                if (name.startsWith("DYNOAI_")
                        && !name.startsWith(KAFKA_PROPERTY)
                        && !name.equals(JAVA_OPTIONS)
                        && command.getCommandSpec().findOption(flag) == null) {
                    unknown.add(command.getCommandName() + ": " + name);
                }
            }
        }

        // Then
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyProbe_isAnAddressOfAStage(Path values) throws Exception {
        // Given
        Set<String> paths = new TreeSet<>();
        List<String> otherPorts = new ArrayList<>();
        for (JsonNode pod : Chart.pods(Chart.render(values)).values()) {
            JsonNode container = pod.at("/spec/containers/0");
            List<String> args = Chart.texts(container.at("/args"));
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode get = container.at("/" + probe + "/httpGet");
                if (!get.isMissingNode()) {
                    paths.add(get.at("/path").asText());
                    String port = port(container, get.at("/port").asText());
                    if (!port.equals(args.get(args.indexOf("--health-port") + 1))) {
                        otherPorts.add(args.get(0) + " " + probe + " " + port);
                    }
                }
            }
        }

        // When
        List<Integer> answers = new ArrayList<>();
        try (StatusServer server = StatusServer.start(
                "127.0.0.1",
                List.of(0),
                null,
                () -> "",
                () -> new Pages.Health(true, "live"),
                () -> new Pages.Health(true, "ready"))) {
            for (String path : paths) {
                answers.add(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode());
            }
        }

        // Then
        assertThat(otherPorts).isEmpty();
        assertThat(paths).hasSize(2);
        assertThat(answers).containsOnly(200);
    }

    private static String port(JsonNode container, String name) {
        for (JsonNode port : container.at("/ports")) {
            if (port.at("/name").asText().equals(name)) {
                return port.at("/containerPort").asText();
            }
        }
        return "no port " + name;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyPod_runsWithoutPrivileges(Path values) throws IOException {
        for (JsonNode pod : Chart.pods(Chart.render(values)).values()) {
            JsonNode own = pod.at("/spec/securityContext");
            JsonNode container = pod.at("/spec/containers/0/securityContext");
            assertThat(own.at("/runAsNonRoot").asBoolean()).isTrue();
            assertThat(own.at("/runAsUser").asInt()).isEqualTo(1000);
            assertThat(own.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(Chart.texts(container.at("/capabilities/drop"))).containsExactly("ALL");
            assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyReference_isToAnObjectOfTheChart(Path values) throws IOException {
        // Given
        List<JsonNode> objects = Chart.render(values);
        Set<String> names = new HashSet<>();
        objects.forEach(object -> names.add(Chart.name(object)));

        // When
        List<String> dangling = new ArrayList<>();
        for (JsonNode object : objects) {
            String name = Chart.name(object);
            JsonNode spec = object.at("/spec");
            if (spec.has("serviceName")
                    && !names.contains("Service " + spec.at("/serviceName").asText())) {
                dangling.add(name + ": serviceName");
            }
            if (spec.has("scaleTargetRef")
                    && !names.contains(
                            "StatefulSet " + spec.at("/scaleTargetRef/name").asText())) {
                dangling.add(name + ": scaleTargetRef");
            }
            JsonNode selected = selector(spec);
            if (!selected.isMissingNode()
                    && Chart.pods(objects).values().stream().noneMatch(pod -> matches(selected, pod))) {
                dangling.add(name + ": selector");
            }
            dangling.addAll(mountsWithoutVolume(object));
        }

        // Then
        assertThat(dangling).isEmpty();
    }

    private static JsonNode selector(JsonNode spec) {
        JsonNode labels = spec.at("/selector/matchLabels");
        JsonNode policy = spec.at("/podSelector/matchLabels");
        return !labels.isMissingNode() ? labels : !policy.isMissingNode() ? policy : spec.at("/selector");
    }

    private static boolean matches(JsonNode wanted, JsonNode pod) {
        JsonNode labels = pod.at("/metadata/labels");
        for (Map.Entry<String, JsonNode> label : wanted.properties()) {
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> mountsWithoutVolume(JsonNode object) {
        Set<String> volumes = new HashSet<>();
        object.at("/spec/template/spec/volumes")
                .forEach(each -> volumes.add(each.at("/name").asText()));
        object.at("/spec/volumeClaimTemplates")
                .forEach(each -> volumes.add(each.at("/metadata/name").asText()));
        List<String> missing = new ArrayList<>();
        for (JsonNode mount : object.at("/spec/template/spec/containers/0/volumeMounts")) {
            if (!volumes.contains(mount.at("/name").asText())) {
                missing.add(Chart.name(object) + ": volume " + mount.at("/name").asText());
            }
        }
        return missing;
    }

    @Test
    void analyzer_keepsItsStateAndHasAStandby() throws IOException {
        // When
        List<JsonNode> objects = Chart.render(Chart.examples().get("defaults"));

        // Then
        JsonNode analyzer = object(objects, "StatefulSet shop-dynoai-analyzer");
        assertThat(analyzer.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(analyzer.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("data");
        assertThat(Chart.texts(analyzer.at("/spec/template/spec/containers/0/args")))
                .containsSequence("--standby-replicas", "1");
        assertThat(object(objects, "PodDisruptionBudget shop-dynoai-analyzer")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
        JsonNode exporter = object(objects, "StatefulSet shop-dynoai-exporter");
        assertThat(exporter.at("/spec").has("volumeClaimTemplates")).isFalse();
    }

    @Test
    void doorForShops_isOnlyThereIfEnabled() throws IOException {
        // When
        List<JsonNode> without = Chart.render(Chart.examples().get("defaults"));
        List<JsonNode> with = Chart.render(Chart.examples().get("secured.yaml"));

        // Then
        assertThat(without.stream().map(Chart::name)).noneMatch(name -> name.matches(".*(intake|admit)$"));
        JsonNode pod = object(with, "Deployment shop-dynoai-intake").at("/spec/template");
        assertThat(port(pod.at("/spec/containers/0"), "door")).isEqualTo("8443");
        assertThat(Chart.texts(pod.at("/spec/containers/0/args"))).contains("--tls-client-ca", "/shared/runs");
        assertThat(object(with, "Service shop-dynoai-intake")
                        .at("/spec/ports/0/targetPort")
                        .asText())
                .isEqualTo("door");
        assertThat(object(with, "Deployment shop-dynoai-admit")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void exporterWithKeda_leavesTheReplicasToIt() throws IOException {
        // When
        List<JsonNode> objects = Chart.render(Chart.examples().get("secured.yaml"));

        // Then
        assertThat(object(objects, "StatefulSet shop-dynoai-exporter")
                        .at("/spec")
                        .has("replicas"))
                .isFalse();
        assertThat(object(objects, "ScaledObject shop-dynoai-exporter")
                        .at("/spec/maxReplicaCount")
                        .asInt())
                .isEqualTo(8);
    }

    private static JsonNode object(List<JsonNode> objects, String name) {
        return objects.stream()
                .filter(object -> Chart.name(object).equals(name))
                .findFirst()
                .orElseThrow();
    }
}
