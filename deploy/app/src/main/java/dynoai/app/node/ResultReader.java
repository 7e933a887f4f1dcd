package dynoai.app.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.event.RecipeBindings;
import dynoai.automation.event.RunCompleted;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnreadableRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the published results. A result counts as heard only when its recipes have written it down. */
final class ResultReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, byte[]> consumer;
    private final RecordDecoder<RunResult> decoder;
    private final Path runs;
    private final ResultOffsets place;
    private final RecipeBindings bindings;

    ResultReader(Map<String, Object> client, Path runs, ResultOffsets place, RecipeBindings bindings) {
        this.runs = runs;
        this.place = place;
        this.bindings = bindings;
        this.decoder = Topics.RUN_RESULTS.decoder(new PublishedSchemas(client));
        Map<String, Object> all = new HashMap<>(client);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.RUN_RESULTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, place.next(partition.partition())));
        } catch (RuntimeException failed) {
            consumer.close();
            throw failed;
        }
    }

    /** @return whether everything there is was heard */
    boolean turn() throws IOException {
        ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (record.value() != null) {
                hear(record);
            }
        }
        if (!batch.isEmpty()) {
            Map<Integer, Long> reached = new HashMap<>();
            batch.partitions().forEach(of -> reached.put(of.partition(), consumer.position(of)));
            place.reached(reached);
            return false;
        }
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void hear(ConsumerRecord<String, byte[]> record) throws IOException {
        RunResult result;
        try {
            result = decoder.decode(record.value());
        } catch (UnreadableRecordException hostile) {
            LOG.warn("result {} of partition {} cannot be read", record.offset(), record.partition(), hostile);
            return;
        }
        if (!result.ok() || result.completedAtMillis() < place.since()) {
            return;
        }
        Path folder = runs.resolve(result.folder()).normalize();
        Path manifest = folder.resolve("manifest.json");
        if (!folder.startsWith(runs.normalize()) || Files.isDirectory(runs) && !Files.exists(manifest)) {
            LOG.warn("run {} is told to no recipe: there is no {}", result.key(), manifest);
            return;
        }
        JsonNode json = JSON.readTree(manifest.toFile());
        if (!(json instanceof ObjectNode object)) {
            LOG.warn("run {} is told to no recipe: {} is no manifest", result.key(), manifest);
            return;
        }
        tell(
                result,
                new RunCompleted(
                        result.key().shop(), result.cell(), result.key().runId(), folder, object));
    }

    private void tell(RunResult result, RunCompleted event) throws IOException {
        if (bindings.onRunCompleted(event).refused() > 0) {
            throw new IOException("run " + result.key() + " could not be written down for a recipe");
        }
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
