package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.option.AnalysisOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Analyses generated logs of every flavour repeatedly in one process: fingerprints stay equal, memory and disk do not grow.
 * Runs a few seconds in the build, and {@code -Ddynoai.soak=MINUTES} at night.
 */
@Tag("long")
class SoakTest {
    private static final Duration LENGTH = Long.getLong("dynoai.soak") == null
            ? Duration.ofSeconds(4)
            : Duration.ofMinutes(Long.getLong("dynoai.soak"));
    private static final int ROWS = 5_000;
    private static final long LEAK_BYTES = 16L << 20;

    @TempDir
    Path work;

    @Test
    void manyRuns_keepTheirFingerprintsAndLeaveNoFiles() throws Exception {
        // Given
        Map<Path, String> fingerprints = new HashMap<>();
        for (SampleProfile.Flavour flavour : SampleProfile.Flavour.values()) {
            Path log = work.resolve(flavour.name() + ".csv");
            Files.write(log, SampleLogs.bytes(SampleProfile.healthy(flavour, 11), ROWS));
            fingerprints.put(log, fingerprint(log));
        }
        fingerprints.keySet().forEach(this::warm);
        long heap = heapAfterCollection();
        long end = System.nanoTime() + LENGTH.toNanos();
        // When
        long runs = 0;
        Set<String> found = new TreeSet<>();
        while (System.nanoTime() - end < 0) {
            for (Map.Entry<Path, String> log : fingerprints.entrySet()) {
                found.add(fingerprint(log.getKey()));
                runs++;
            }
        }
        // Then
        assertThat(found).containsExactlyInAnyOrderElementsOf(fingerprints.values());
        assertThat(heapAfterCollection() - heap)
                .as("heap grown over %d runs", runs)
                .isLessThan(LEAK_BYTES);
        try (var left = Files.list(work)) {
            assertThat(left).hasSize(fingerprints.size() + 1);
        }
    }

    private void warm(Path log) {
        try {
            fingerprint(log);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String fingerprint(Path log) throws Exception {
        return Calibration.analyze(log, AnalysisOptions.defaults(), RunTarget.exactly(work.resolve("run")))
                .manifest()
                .fingerprint();
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
