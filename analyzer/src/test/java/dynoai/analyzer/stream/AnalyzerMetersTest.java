package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyzerMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AnalyzerMeters meters = new AnalyzerMeters(registry);
    private final SampleRunRecords run = new SampleRunRecords("r1", 1, 5000, 1000);

    @Test
    void startedRun_isOpenWithItsWindows() {
        // Given
        List<byte[]> records = run.records(1);
        try (TopologyRun stream = new TopologyRun(meters)) {

            // When
            stream.send(run.key(), records.subList(0, records.size() - 1));

            // Then: 100 s of log are ten windows of 10 s
            assertThat(gauge("dynoai.analyzer.runs.open")).isEqualTo(1);
            assertThat(gauge("dynoai.analyzer.windows.open")).isEqualTo(10);
            assertThat(registry.get("dynoai.analyzer.block.fold").timer().count())
                    .isEqualTo(5);
        }
    }

    @Test
    void closedPartition_removesItsOpenRuns() {
        // Given
        List<byte[]> records = run.records(1);
        try (TopologyRun stream = new TopologyRun(meters)) {

            // When
            stream.send(run.key(), records.subList(0, 3));
        }

        // Then
        assertThat(gauge("dynoai.analyzer.runs.open")).isZero();
        assertThat(gauge("dynoai.analyzer.windows.open")).isZero();
    }

    @Test
    void runTakenOver_isOpenFromItsFirstBlock() {
        // When
        meters.blockFolded(new AnalyzerEvents.FoldedBlock(run.key(), 3, 1000, 2, 5));

        // Then
        assertThat(gauge("dynoai.analyzer.runs.open")).isEqualTo(1);
        assertThat(gauge("dynoai.analyzer.windows.open")).isEqualTo(2);
    }

    @Test
    void abandonedRun_isNotOpen() {
        // Given
        meters.runStarted(run.key(), 1, 0);

        // When
        meters.runAbandoned(run.key());

        // Then
        assertThat(gauge("dynoai.analyzer.runs.open")).isZero();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
