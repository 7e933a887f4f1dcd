package dynoai.ingest.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.admit.AcceptedLogs.Accepted;
import dynoai.ingest.admit.AcceptedLogs.Changes;
import dynoai.ingest.admit.AcceptedLogs.Position;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeReaderTest {
    private static final String TOPIC = Topics.INTAKE.in(Namespace.DEFAULT);
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

    private final List<String> warnings = new ArrayList<>();
    private final List<MockConsumer<String, byte[]>> consumers = new ArrayList<>();
    private IntakeReader reader;

    @BeforeEach
    void open() throws Exception {
        reader = new IntakeReader(
                Namespace.DEFAULT,
                Lane.USUAL,
                () -> {
                    MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
                    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
                    consumer.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
                    consumers.add(consumer);
                    return consumer;
                },
                WriterSchemas.none(),
                new IngestEvents() {
                    @Override
                    public void warning(String where, String message) {
                        warnings.add(message);
                    }

                    @Override
                    public void recordSkipped(String topic, int partition, long offset, String why) {
                        warnings.add(why);
                    }
                });
        poll();
    }

    @Test
    void acceptedLogs_areReturnedWithTheirPositions() throws Exception {
        // Given
        assign(FIRST, SECOND);
        add(FIRST, 0, "shop-a", log("shop-a", 10));
        add(SECOND, 0, "shop-b", log("shop-b", 10));
        // When
        Changes changes = poll();
        // Then
        assertThat(changes.added())
                .extracting(Accepted::position)
                .containsExactlyInAnyOrder(new Position(0, 0), new Position(1, 0));
        assertThat(changes.lost()).isEmpty();
    }

    @Test
    void committedOffset_isThatOfTheOldestLogWithoutAnEnd() throws Exception {
        // Given
        assign(FIRST);
        for (int offset = 0; offset < 4; offset++) {
            add(FIRST, offset, "shop-a", log("shop-a", 10));
        }
        poll();
        poll();
        // When
        reader.ended(new Position(0, 0));
        reader.ended(new Position(0, 2));
        // Then
        assertThat(watermark(FIRST)).isEqualTo(1);
        reader.ended(new Position(0, 1));
        assertThat(watermark(FIRST)).isEqualTo(3);
        reader.ended(new Position(0, 3));
        assertThat(watermark(FIRST)).isEqualTo(4);
    }

    @Test
    void lostPartition_isReported_andNoLongerCommitted() throws Exception {
        // Given
        assign(FIRST, SECOND);
        add(FIRST, 0, "shop-a", log("shop-a", 10));
        poll();
        // When
        assign(SECOND);
        Changes changes = poll();
        // Then
        assertThat(changes.lost()).contains(0);
        assertThat(reader.commit().orElseThrow().offsets()).containsOnlyKeys(SECOND);
    }

    @Test
    void processWithoutPartitions_commitsNothing() {
        assertThat(reader.commit()).isEmpty();
        assertThat(reader.isCaughtUp()).isFalse();
    }

    @Test
    void logsFromBefore_areAwaited() throws Exception {
        // Given
        consumers.get(0).updateEndOffsets(Map.of(FIRST, 2L));
        assign(FIRST);
        poll();
        boolean atFirst = reader.isCaughtUp();
        add(FIRST, 0, "shop-a", log("shop-a", 10));
        add(FIRST, 1, "shop-a", log("shop-a", 10));
        // When
        poll();
        // Then
        assertThat(atFirst).isFalse();
        assertThat(reader.isCaughtUp()).isTrue();
    }

    @Test
    void logUnderTheKeyOfAnotherShop_isSkipped() throws Exception {
        // Given
        assign(FIRST);
        add(FIRST, 0, "shop-a", log("shop-b", 10));
        // When
        Changes changes = poll();
        // Then
        assertThat(changes.added()).isEmpty();
        assertThat(warnings).containsExactly("its key is not its shop");
        assertThat(watermark(FIRST)).isEqualTo(1);
    }

    @Test
    void logOfTheOtherLane_isPassedOver() throws Exception {
        // Given
        assign(FIRST);
        add(FIRST, 0, "shop-a", log("shop-a", Lane.MAX_USUAL_BYTES + 1));
        // When
        Changes changes = poll();
        // Then
        assertThat(changes.added()).isEmpty();
        assertThat(watermark(FIRST)).isEqualTo(1);
    }

    @Test
    void logOfAnUnknownSchema_waitsForALaterVersion() throws Exception {
        // Given
        assign(FIRST);
        byte[] unknown = Topics.INTAKE.format().encode(log("shop-a", 10));
        unknown[5] ^= 1;
        consumers.get(0).addRecord(new ConsumerRecord<>(TOPIC, 0, 0, "shop-a", unknown));
        add(FIRST, 1, "shop-a", log("shop-a", 10));
        // When
        Changes changes = poll();
        reader.ended(new Position(0, 1));
        // Then
        assertThat(changes.added()).hasSize(1);
        assertThat(warnings).singleElement().asString().contains("unknown schema");
        assertThat(watermark(FIRST)).isZero();
    }

    @Test
    void partitionWithABacklog_doesNotStopTheOthers() throws Exception {
        // Given
        assign(FIRST, SECOND);
        for (int offset = 0; offset < 5_000; offset++) {
            add(FIRST, offset, "shop-a", log("shop-a", 10));
        }
        poll();
        poll();
        // When
        add(FIRST, 5_000, "shop-a", log("shop-a", 10));
        add(SECOND, 0, "shop-b", log("shop-b", 10));
        Changes changes = poll();
        // Then
        assertThat(changes.added()).extracting(Accepted::position).containsExactly(new Position(1, 0));
        assertThat(reader.isCaughtUp()).isTrue();
        reader.ended(new Position(0, 0));
        assertThat(poll().added()).extracting(Accepted::position).containsExactly(new Position(0, 5_000));
    }

    @Test
    void failedConsumer_isReplaced_andItsPartitionsAreLost() throws Exception {
        // Given
        assign(FIRST);
        poll();
        consumers.get(0).setPollException(new KafkaException("gone"));
        // When
        assertThatThrownBy(this::poll).isInstanceOf(TransportUnavailableException.class);
        Changes changes = poll();
        // Then
        assertThat(consumers).hasSize(2);
        assertThat(consumers.get(0).closed()).isTrue();
        assertThat(changes.lost()).containsExactly(0);
    }

    private Changes poll() throws TransportUnavailableException {
        return reader.poll(Duration.ZERO);
    }

    private void assign(TopicPartition... partitions) {
        consumers.get(0).rebalance(List.of(partitions));
    }

    private void add(TopicPartition partition, long offset, String key, LogAccepted log) {
        consumers
                .get(0)
                .addRecord(new ConsumerRecord<>(
                        TOPIC,
                        partition.partition(),
                        offset,
                        key,
                        Topics.INTAKE.format().encode(log)));
    }

    private long watermark(TopicPartition partition) {
        return reader.commit().orElseThrow().offsets().get(partition).offset();
    }

    private static LogAccepted log(String shop, long bytes) {
        return new LogAccepted(shop, "r1", "cell1", "", "a.csv", bytes, "", Map.of(), false, 5);
    }
}
