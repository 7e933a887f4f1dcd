package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.FreePorts;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitoring files against the real programs, and a real Prometheus against a running pipeline. */
@Tag("broker")
class MonitoringTest {
    private static final Path MONITORING = Programs.repository().resolve("deploy/monitoring");

    @TempDir
    private Path temp;

    @Test
    void alerts_fireAtTheirThresholds() throws Exception {
        // Given
        String promtool = Programs.need("promtool").toString();

        // When
        String printed = Programs.run(
                MONITORING.resolve("rules"), new byte[0], List.of(promtool, "test", "rules", "alerts.test.yml"));

        // Then
        assertThat(printed).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    void everyQueryOfTheDashboard_hasDataOfARunningPipeline() throws Exception {
        // Given
        String prometheus = Programs.need("prometheus").toString();
        String promtool = Programs.need("promtool").toString();
        List<String> queries = queries();
        try (LiveNode node = new LiveNode(temp)) {
            int port = FreePorts.any();
            Process server = prometheus(prometheus, node.port(), port);
            try {
                // Counters whose series begin with a label's first value need two scrapes of growth.
                for (int round = 0; round < 3; round++) {
                    int seen = scrapes(port);
                    node.drop("shop-a/cell-1/pull-" + round + ".csv", round, SampleProfile.Fault.LEAN_FRONT);
                    node.drop(
                            "shop-a/cell-1/bad-" + round + ".csv",
                            ("a,b\n1," + round + "\n").getBytes(StandardCharsets.UTF_8));
                    node.awaitIdle();
                    await().atMost(LiveNode.MAX_WAIT).until(() -> scrapes(port) >= seen + 2);
                }

                // When
                String page = LiveNode.text(node.address("/metrics"));
                String lint = Programs.run(
                        temp, page.getBytes(StandardCharsets.UTF_8), List.of(promtool, "check", "metrics"));

                // Then
                List<String> empty = new ArrayList<>(queries);
                await().atMost(LiveNode.MAX_WAIT).untilAsserted(() -> {
                    empty.removeIf(query -> hasData(port, query));
                    assertThat(empty).isEmpty();
                });
                assertThat(queries).hasSizeGreaterThan(35);
                assertThat(metersInRules())
                        .hasSizeGreaterThan(10)
                        .allMatch(meter -> page.contains(meter) || meter.startsWith("dynoai_intake_"));
                assertThat(lint.lines().filter(line -> line.contains("dynoai_")))
                        .isEmpty();
                assertThat(page.lines().filter(line -> line.startsWith("dynoai_") && line.contains("NaN")))
                        .isEmpty();
            } finally {
                server.destroy();
                server.waitFor();
            }
        }
    }

    /** Every meter that a rule asks for; what rules record themselves has a colon in its name. */
    private static Set<String> metersInRules() throws IOException {
        Set<String> meters = new TreeSet<>();
        for (String file : List.of("alerts.yml", "recording.yml")) {
            Matcher found = Pattern.compile("(?<![:\\w])dynoai_\\w+(?![:\\w])")
                    .matcher(Files.readString(MONITORING.resolve("rules").resolve(file)));
            while (found.find()) {
                meters.add(found.group());
            }
        }
        return meters;
    }

    private Process prometheus(String program, int nodePort, int port) throws IOException {
        String config = Files.readString(MONITORING.resolve("prometheus.yml"))
                .replace("127.0.0.1:8080", "127.0.0.1:" + nodePort)
                .replaceAll("(scrape|evaluation)_interval: \\d+s", "$1_interval: 1s")
                .replace("rules/", MONITORING.resolve("rules") + "/");
        Path file = Files.writeString(temp.resolve("prometheus.yml"), config);
        return new ProcessBuilder(
                        program,
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + temp.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("prometheus.log").toFile())
                .start();
    }

    private static List<String> queries() throws IOException {
        Object dashboard = Json.read(Files.readAllBytes(MONITORING.resolve("grafana/dashboards/dynoai.json")));
        List<String> queries = new ArrayList<>();
        for (Object panel : (List<?>) ((Map<?, ?>) dashboard).get("panels")) {
            if (((Map<?, ?>) panel).get("targets") instanceof List<?> targets) {
                targets.forEach(target ->
                        queries.add(((String) ((Map<?, ?>) target).get("expr")).replace("$__rate_interval", "1m")));
            }
        }
        return queries;
    }

    private static int scrapes(int port) {
        try {
            Map<?, ?> first = first(port, "count_over_time(up{job=\"dynoai\"}[10m])");
            return first == null ? 0 : Integer.parseInt((String) ((List<?>) first.get("value")).get(1));
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static boolean hasData(int port, String query) {
        try {
            Map<?, ?> first = first(port, query);
            return first != null && !"NaN".equals(((List<?>) first.get("value")).get(1));
        } catch (IOException failed) {
            return false;
        }
    }

    private static Map<?, ?> first(int port, String query) throws IOException {
        try {
            String address = "http://127.0.0.1:" + port + "/api/v1/query?query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8);
            Object answer = Json.read(LiveNode.text(address).getBytes(StandardCharsets.UTF_8));
            List<?> results = (List<?>) ((Map<?, ?>) ((Map<?, ?>) answer).get("data")).get("result");
            return results.isEmpty() ? null : (Map<?, ?>) results.get(0);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
