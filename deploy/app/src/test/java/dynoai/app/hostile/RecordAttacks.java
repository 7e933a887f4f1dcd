package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Attacks on the topics of the embedded broker. */
final class RecordAttacks {
    /** Marker and fingerprint of the single-object encoding. */
    private static final int HEADER_BYTES = 10;

    private static final int TIMEOUT_MILLIS = 3000;
    private static final List<String> NAMES = Stream.concat(
                    Topics.ALL.stream().map(topic -> topic.in(Namespace.DEFAULT)),
                    Stream.of(Topics.schemas(Namespace.DEFAULT)))
            .toList();

    private final List<ConsumerRecord<String, byte[]>> genuine = new ArrayList<>();

    /** Reads all records, which are of finished runs. */
    void read(NodeUnderAttack node) {
        genuine.clear();
        for (String name : NAMES) {
            node.topics().read(name).stream()
                    .filter(record -> record.key() != null)
                    .forEach(genuine::add);
        }
    }

    /** Sends a damaged copy of a genuine record. */
    void mutated(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        ConsumerRecord<String, byte[]> record = mutator.oneOf(genuine);
        String topic = mutator.chance(0.8) ? record.topic() : mutator.oneOf(NAMES);
        boolean single = topic.equals(Topics.schemas(Namespace.DEFAULT))
                || topic.equals(Topics.INGEST_LEDGER.in(Namespace.DEFAULT));
        Integer partition = single || mutator.chance(0.7) ? null : mutator.below(Topics.EMBEDDED_PARTITIONS);
        try {
            node.topics().send(topic, partition, key(mutator, record.key()), value(mutator, record.value()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ApiException)) {
                throw e;
            }
            // The broker rejected it: too large, or without a key on a compacted topic.
        }
    }

    /** Sends what a finished run ended with as the end of each run in flight. */
    void forged(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        for (String name : List.of(Topics.RUN_GRIDS.in(Namespace.DEFAULT), Topics.RUN_RESULTS.in(Namespace.DEFAULT))) {
            ConsumerRecord<String, byte[]> record = genuine.stream()
                    .filter(one -> one.topic().equals(name) && one.key().startsWith(HealthyShop.NAME + "/"))
                    .findFirst()
                    .orElseThrow();
            String finished = record.key().substring(HealthyShop.NAME.length() + 1);
            for (String runId : inFlight(node)) {
                String value = new String(record.value(), StandardCharsets.ISO_8859_1).replace(finished, runId);
                node.topics()
                        .send(name, null, HealthyShop.NAME + "/" + runId, value.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static List<String> inFlight(NodeUnderAttack node) throws IOException {
        try (Stream<Path> claims = Files.list(FolderAttacks.work(node))) {
            return claims.map(claim -> claim.getFileName().toString())
                    .filter(runId -> !runId.startsWith(FolderAttacks.HOSTILE_ID))
                    .toList();
        }
    }

    private static @Nullable String key(Mutator mutator, String key) {
        return switch (mutator.below(5)) {
            case 0 -> null;
            case 1 -> "hostile/" + mutator.hex(8);
            case 2 -> mutator.chance(0.5) ? mutator.token() : "run/" + mutator.token();
            case 3 -> mutator.mutate(key);
            default -> key;
        };
    }

    private static byte @Nullable [] value(Mutator mutator, byte @Nullable [] value) {
        if (value == null || mutator.chance(0.02)) {
            return null;
        }
        return mutator.mutate(value, mutator.chance(0.05) ? 1 : HEADER_BYTES);
    }

    /** Sends a record with the marker of the encoding and a fingerprint that no schema has. */
    static void unknownFingerprint(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        byte[] value = new byte[12];
        value[0] = (byte) 0xC3;
        value[1] = 1;
        for (int i = 2; i < value.length; i++) {
            value[i] = (byte) mutator.below(256);
        }
        node.topics().send(NAMES.get(number % Topics.ALL.size()), null, "hostile/" + mutator.hex(8), value);
    }

    static void withoutSecret(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        Map<String, Object> reading = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                node.topics().client().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(reading)) {
            assertThatThrownBy(() -> admin.listTopics().names().get(1, TimeUnit.MINUTES))
                    .isInstanceOf(ExecutionException.class);
        }
        Map<String, Object> sending = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                node.topics().client().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                TIMEOUT_MILLIS);
        try (var producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<byte[], byte[]>(Topics.RUN_RESULTS.in(Namespace.DEFAULT), new byte[] {1});
            assertThatThrownBy(() -> producer.send(record).get(1, TimeUnit.MINUTES))
                    .isInstanceOfAny(ExecutionException.class, KafkaException.class);
        }
    }
}
