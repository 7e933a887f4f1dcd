package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.wire.RunLogEncoder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SentRunLocatorTest {
    private static final long OFFSET = 7;
    private static final String RECEIPT = MockKafka.TOPIC_ID + " 0 " + OFFSET;

    @TempDir
    Path store;

    private final MockKafka kafka = new MockKafka();
    private Claim claim;
    private String key;
    private SentRunLocator locator;

    @BeforeEach
    void connect() throws Exception {
        claim = MockKafka.claim(store, 3);
        key = new RunKey(claim.shop(), claim.runId()).toString();
        locator = kafka.connect(store, 0).locator();
    }

    @Test
    void runWithoutAReceipt_isLost() throws Exception {
        // When
        boolean inFlight = locator.isInFlight(claim, "");
        // Then
        assertThat(inFlight).isFalse();
    }

    @Test
    void runOnADeletedTopic_isLost() throws Exception {
        // Given
        endOnRunLog(1);
        // When
        boolean inFlight = locator.isInFlight(claim, "topic-0 0 " + OFFSET);
        // Then
        assertThat(inFlight).isFalse();
    }

    @Test
    void runBeyondTheEndOfTheRunLog_isLost() throws Exception {
        // Given
        kafka.sentRuns.updateEndOffsets(Map.of(MockKafka.RUN_LOG, OFFSET));
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isFalse();
    }

    @Test
    void runTheAnalyzerHasNotRead_isInFlight() throws Exception {
        // Given
        endOnRunLog(1);
        kafka.committed.put(Groups.analyzer(Namespace.DEFAULT), OFFSET);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isTrue();
    }

    @Test
    void runBehindAnOpenTransaction_isInFlight() throws Exception {
        // Given
        kafka.sentRuns.updateEndOffsets(Map.of(MockKafka.RUN_LOG, OFFSET - 1));
        kafka.written.put(MockKafka.RUN_LOG, OFFSET + 2);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isTrue();
    }

    @Test
    void outcomeBehindAnOpenTransaction_isInFlight() throws Exception {
        // Given
        endOnRunLog(1);
        kafka.committed.put(Groups.analyzer(Namespace.DEFAULT), OFFSET + 1);
        kafka.written.put(MockKafka.OUTCOMES, 2L);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isTrue();
    }

    @Test
    void exportedRunWhoseResultIsUnread_isInFlight() throws Exception {
        // Given
        endOnRunLog(1);
        kafka.committed.put(Groups.analyzer(Namespace.DEFAULT), OFFSET + 1);
        kafka.committed.put(Groups.exporter(Namespace.DEFAULT), 1L);
        MockKafka.deliver(kafka.sentRuns, MockKafka.OUTCOMES, 0, key, new byte[0]);
        kafka.written.put(MockKafka.RESULTS, 1L);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isTrue();
    }

    @Test
    void recordOfAnotherAttemptAtTheSameOffset_isNotTheRun() throws Exception {
        // Given
        endOnRunLog(2);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isFalse();
    }

    @Test
    void analyzedRunWhoseOutcomeWaitsForTheExporter_isInFlight() throws Exception {
        // Given
        endOnRunLog(1);
        kafka.committed.put(Groups.analyzer(Namespace.DEFAULT), OFFSET + 1);
        MockKafka.deliver(kafka.sentRuns, MockKafka.OUTCOMES, 0, key, new byte[0]);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isTrue();
    }

    @Test
    void analyzedRunWithoutAnOutcome_isLost() throws Exception {
        // Given
        endOnRunLog(1);
        kafka.committed.put(Groups.analyzer(Namespace.DEFAULT), OFFSET + 1);
        MockKafka.deliver(kafka.sentRuns, MockKafka.OUTCOMES, 0, "local/other", new byte[0]);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isFalse();
    }

    @Test
    void exportedRun_isNotInFlight() throws Exception {
        // Given
        endOnRunLog(1);
        kafka.committed.put(Groups.analyzer(Namespace.DEFAULT), OFFSET + 1);
        kafka.committed.put(Groups.exporter(Namespace.DEFAULT), 1L);
        MockKafka.deliver(kafka.sentRuns, MockKafka.OUTCOMES, 0, key, new byte[0]);
        // When
        boolean inFlight = locator.isInFlight(claim, RECEIPT);
        // Then
        assertThat(inFlight).isFalse();
    }

    private void endOnRunLog(int attempt) {
        byte[] end = new RunLogEncoder(attempt).ended(3, 0, claim.sha256());
        MockKafka.deliver(kafka.sentRuns, MockKafka.RUN_LOG, OFFSET, key, end);
    }
}
