package dynoai.ingest.stage;

import dynoai.ingest.stage.client.OpenClients;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.Topics;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the topic of the ledger.
 *
 * @param consumer reads committed records, and fails at an offset that does not exist
 * @param partition the topic's only partition
 * @param end the end for uncommitted reads. The end for committed reads is the last stable offset, which another writer's open
 *     transaction can keep before our own entries
 * @param topic the id of the cluster and the topic, which changes when the data of Kafka is deleted
 */
record LedgerReader(
        Consumer<String, byte[]> consumer,
        TopicPartition partition,
        LongSupplier end,
        Supplier<String> topic,
        Runnable closing)
        implements AutoCloseable {

    static LedgerReader open(KafkaClients kafka) {
        TopicPartition partition = new TopicPartition(Topics.INGEST_LEDGER.in(kafka.namespace()), 0);
        OpenClients clients = new OpenClients(kafka);
        try {
            TopicOffsets ids = new TopicOffsets(clients.admin());
            Consumer<String, byte[]> uncommitted = clients.consumer("read_uncommitted");
            return new LedgerReader(
                    clients.positionedConsumer(),
                    partition,
                    () -> uncommitted.endOffsets(List.of(partition)).getOrDefault(partition, 0L),
                    () -> ids.clusterId() + '/' + ids.topicId(partition.topic()),
                    clients::close);
        } catch (KafkaException e) {
            clients.closeAfter(e);
            throw e;
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
