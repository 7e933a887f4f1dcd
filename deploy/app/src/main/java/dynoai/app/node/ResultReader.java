package dynoai.app.node;

import dynoai.app.storage.RecipeRunFolders;
import dynoai.automation.event.RecipeBindings;
import dynoai.automation.event.RunCompleted;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads published run results and passes them to the recipes. An offset advances once the recipes have saved the event. */
final class ResultReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final PublishedSchemas schemas;
    private final RecordDecoder<RunResult> decoder;
    private final RecipeRunFolders runs;
    private final ResultOffsets offsets;
    private final RecipeBindings bindings;

    ResultReader(KafkaClients clients, RecipeRunFolders runs, ResultOffsets offsets, RecipeBindings bindings) {
        this.runs = runs;
        this.offsets = offsets;
        this.bindings = bindings;
        this.schemas = new PublishedSchemas(clients);
        this.decoder = Topics.RUN_RESULTS.decoder(schemas);
        this.consumer = clients.reader();
        try {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.RUN_RESULTS.in(clients.namespace())).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, offsets.next(partition.partition())));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Polls once, and returns whether all published results were read. */
    boolean poll() throws IOException {
        ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (record.value() != null) {
                receive(record);
            }
        }
        if (!batch.isEmpty()) {
            Map<Integer, Long> reached = new HashMap<>();
            batch.partitions().forEach(of -> reached.put(of.partition(), consumer.position(of)));
            offsets.advance(reached);
            return false;
        }
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void receive(ConsumerRecord<String, byte[]> record) throws IOException {
        RunResult result;
        try {
            result = decoder.decode(record.value());
        } catch (UnreadableRecordException | UnknownSchemaException e) {
            LOG.warn(
                    "result at offset {} of partition {} skipped: not readable",
                    record.offset(),
                    record.partition(),
                    e);
            return;
        }
        if (!result.ok() || result.completedAtMillis() < offsets.since()) {
            return;
        }
        Optional<RunCompleted> event = runs.event(result);
        if (event.isPresent()) {
            pass(result, event.get());
        }
    }

    private void pass(RunResult result, RunCompleted event) throws IOException {
        if (bindings.onRunCompleted(event).refused() > 0) {
            throw new IOException("run " + result.key() + " could not be saved for a recipe");
        }
    }

    @Override
    public void close() {
        schemas.close();
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
