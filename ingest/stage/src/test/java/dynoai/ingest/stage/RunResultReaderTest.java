package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** Results on a topic where every record was written at the time of its offset. */
final class RunResultReaderTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final MockConsumer<String, byte[]> results = MockKafka.consumer(MockKafka.RESULTS);
    private final RunResultReader reader =
            new RunResultReader(results, Namespace.DEFAULT, WriterSchemas.none(), IngestEvents.NONE, letter -> {});

    private void deliver(long offset, String runId) {
        RunResult result = new RunResult(
                new RunKey("local", runId), "", 1, "", "", true, "", "", "", "", "", "", 0, 0, 0, 0, 0, 0, "");
        MockKafka.deliver(
                results,
                MockKafka.RESULTS,
                offset,
                result.key().toString(),
                MockKafka.encoded(Topics.RUN_RESULTS, result));
    }

    private List<String> poll() {
        return reader.poll(MockKafka.SIGNER).stream()
                .map(result -> result.run().runId())
                .toList();
    }

    @Test
    void resultsBeforeTheFirstPoll_areNotReadWithoutARunInFlight() {
        // Given
        deliver(5 * HOUR, "earlier");
        List<String> before = poll();
        deliver(5 * HOUR + 1, "own");
        // When
        List<String> results = poll();
        // Then
        assertThat(before).isEmpty();
        assertThat(results).containsExactly("own");
    }

    @Test
    void results_areReadFromAnHourBeforeTheOldestRunInFlight() {
        // Given
        reader.include(4 * HOUR);
        reader.include(3 * HOUR);
        deliver(2 * HOUR - 1, "earlier");
        deliver(2 * HOUR, "own");
        deliver(4 * HOUR, "other");
        // When
        List<String> all = poll();
        // Then
        assertThat(all).containsExactly("own", "other");
        assertThat(results.position(MockKafka.RESULTS)).isEqualTo(4 * HOUR + 1);
    }
}
