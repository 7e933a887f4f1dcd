package dynoai.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicLayout;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaClusterSpec;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The examples for Strimzi make what the stages need: the documented topics and rights, and nothing more. */
class StrimziExamplesTest {
    private static final Path FOLDER = Path.of("strimzi");
    private static final Path RIGHTS = Path.of("..", "app", "docs", "rights.md");
    private static final Map<String, Class<?>> KINDS = Map.of(
            "Kafka", Kafka.class,
            "KafkaNodePool", KafkaNodePool.class,
            "KafkaTopic", KafkaTopic.class,
            "KafkaUser", KafkaUser.class);

    /** Users that are not stages: KEDA's, and the page's. */
    private static final Set<String> ONLY_READING = Set.of("keda", "dashboard");

    /** Strimzi's types keep unknown fields; here they are errors. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    private static <T> List<T> all(String file, Class<T> kind) throws IOException {
        List<T> found = new ArrayList<>();
        for (JsonNode object : Chart.documents(Files.readString(FOLDER.resolve(file)))) {
            Class<?> actual = KINDS.get(object.at("/kind").asText());
            assertThat(object.at("/apiVersion").asText()).isEqualTo("kafka.strimzi.io/v1");
            Object parsed = STRICT.treeToValue(object, actual);
            if (kind.isInstance(parsed)) {
                found.add(kind.cast(parsed));
            }
        }
        return found;
    }

    @Test
    void misspeltField_isRejected() throws IOException {
        // Given
        ObjectNode object = (ObjectNode)
                Chart.documents(Files.readString(FOLDER.resolve("topics.yaml"))).get(0);
        ((ObjectNode) object.get("spec")).put("partition", 24);

        // When, Then
        assertThatThrownBy(() -> STRICT.treeToValue(object, KafkaTopic.class)).hasMessageContaining("partition");
    }

    @Test
    void topics_areThoseOfTopicsCreate() throws IOException {
        // Given
        TopicLayout layout = TopicLayout.ofCluster(3);

        // When
        List<KafkaTopic> topics = all("topics.yaml", KafkaTopic.class);

        // Then
        Map<String, TopicLayout.Settings> settings = new TreeMap<>();
        for (KafkaTopic topic : topics) {
            Map<String, String> configs = new TreeMap<>();
            topic.getSpec().getConfig().forEach((name, value) -> configs.put(name, value.toString()));
            settings.put(
                    topic.getMetadata().getName(),
                    new TopicLayout.Settings(topic.getSpec().getPartitions(), configs));
            assertThat(topic.getSpec().getReplicas()).isEqualTo(3);
        }
        assertThat(settings).isEqualTo(layout.settings(Namespace.DEFAULT));
    }

    @Test
    void users_haveTheDocumentedRights() throws IOException {
        // When
        List<KafkaUser> users = all("users.yaml", KafkaUser.class);

        // Then
        Map<String, Set<String>> granted = new TreeMap<>();
        users.forEach(user -> granted.put(user.getMetadata().getName(), rights(user)));
        assertThat(granted).containsAllEntriesOf(documented());
        granted.keySet().removeAll(documented().keySet());
        assertThat(granted.keySet()).isSubsetOf(ONLY_READING);
        assertThat(granted.values())
                .allSatisfy(rights ->
                        assertThat(rights).allMatch(right -> right.endsWith(" describe") || right.endsWith(" read")));
    }

    private static Set<String> rights(KafkaUser user) {
        Set<String> rights = new TreeSet<>();
        KafkaUserAuthorizationSimple authorization =
                (KafkaUserAuthorizationSimple) user.getSpec().getAuthorization();
        for (AclRule rule : authorization.getAcls()) {
            JsonNode resource = STRICT.valueToTree(rule.getResource());
            String name = resource.path("name").asText("kafka-cluster")
                    + (resource.path("patternType").asText().equals("prefix") ? "*" : "");
            rule.getOperations()
                    .forEach(operation -> rights.add(right(resource.path("type").asText(), name, operation.toValue())));
        }
        return rights;
    }

    /** The table of rights: user to resource, name and operation. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> rights = new TreeMap<>();
        for (String line : Files.readAllLines(RIGHTS)) {
            String[] cells = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
            if (cells.length > 4 && cells[3].startsWith("`")) {
                for (String operation : cells[4].split(", *")) {
                    rights.computeIfAbsent(cells[1], user -> new TreeSet<>())
                            .add(right(cells[2], cells[3].replace("`", ""), operation));
                }
            }
        }
        return rights;
    }

    private static String right(String resource, String name, String operation) {
        return (resource.replace("_", "") + " " + name + " " + operation).toLowerCase(Locale.ROOT);
    }

    @Test
    void kafka_keepsWhatIsAcknowledged() throws IOException {
        // When
        Kafka kafka = all("kafka.yaml", Kafka.class).get(0);
        List<KafkaNodePool> pools = all("kafka.yaml", KafkaNodePool.class);

        // Then
        KafkaClusterSpec spec = kafka.getSpec().getKafka();
        assertThat(spec.getConfig())
                .containsEntry("min.insync.replicas", 2)
                .containsEntry("transaction.state.log.min.isr", 2)
                .containsEntry("transaction.state.log.replication.factor", 3)
                .containsEntry("offsets.topic.replication.factor", 3)
                .containsEntry("auto.create.topics.enable", false);
        assertThat(spec.getConfig().keySet()).noneMatch(StrimziExamplesTest::isIgnoredByStrimzi);
        assertThat(pools).hasSize(2).allMatch(pool -> pool.getSpec().getReplicas() == 3);
        assertThat(pools)
                .allMatch(pool -> kafka.getMetadata()
                        .getName()
                        .equals(pool.getMetadata().getLabels().get("strimzi.io/cluster")));
    }

    private static boolean isIgnoredByStrimzi(String setting) {
        return List.of(KafkaClusterSpec.FORBIDDEN_PREFIXES.split(", ")).stream().anyMatch(setting::startsWith)
                && List.of(KafkaClusterSpec.FORBIDDEN_PREFIX_EXCEPTIONS.split(", ")).stream()
                        .noneMatch(setting::startsWith);
    }
}
