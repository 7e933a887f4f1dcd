package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.ingest.log.text.Chunks;
import dynoai.ingest.log.text.LogLimits;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The reader and the plain reference reader agree bit for bit, on unusual and on damaged logs. {@code -Ddynoai.logs=N} sets the
 * number of random logs of each kind, {@code -Ddynoai.seed=S} their seed.
 */
@Tag("long")
class ReaderAgainstReferenceTest {
    private static final int LOGS = Integer.getInteger("dynoai.logs", 1_000);
    private static final long SEED = Long.getLong("dynoai.seed", 0) * 10_000_000;
    private static final int[] CHUNKS = {1, 2, 3, 7, 16, 17, 64, 100, 1000, 4096, 65_536, Chunks.DEFAULT_BYTES};

    private static final List<Map<String, String>> OPTIONS = List.of(
            Map.of(),
            Map.of(),
            Map.of("math_version", "toolkit-1.2"),
            Map.of("afr_targets", "map"),
            Map.of("map_unit", "kpa"),
            Map.of("map_unit", "inhg", "iat_unit", "c"),
            Map.of("iat_unit", "f"));

    @Test
    void unusualLogs_areReadLikeTheReference() throws Exception {
        check(LOGS, SEED + 1_000_000, seed -> new HostileLogs(seed).log());
    }

    @Test
    void logsOfManyLoggers_areReadLikeTheReference() throws Exception {
        check(LOGS, SEED + 3_000_000, seed -> new LoggerLogs(seed).log());
    }

    @Test
    void damagedLogs_areReadOrRejectedLikeTheReference() throws Exception {
        check(2 * LOGS, SEED + 2_000_000, ReaderAgainstReferenceTest::damaged);
    }

    @Test
    void anyChunkSizeAndThreadCount_givesTheSameRows() throws Exception {
        for (long seed = 0; seed < 60; seed++) {
            // Given
            HostileLogs logs = new HostileLogs(seed);
            byte[] log = seed % 2 == 0 ? logs.log() : logs.damaged(logs.log());
            ReaderReferee referee = new ReaderReferee(log, AnalysisOptions.defaults());
            for (int chunk : CHUNKS) {
                for (int threads = 1; threads <= 3; threads++) {
                    // When
                    String difference = referee.difference(chunk, threads);
                    // Then
                    assertThat(difference)
                            .as("seed %d, chunk %d, %d threads", seed, chunk, threads)
                            .isNull();
                }
            }
        }
    }

    @Test
    void sharedLogs_areReadLikeTheReference() throws Exception {
        for (ReferenceReaderTest.Case sharedCase : ReferenceReaderTest.cases()) {
            // Given
            Path log = sharedCase.log();
            AnalysisOptions options = sharedCase.options();
            // When
            String difference = new ReaderReferee(Files.readAllBytes(log), options).difference(4096, 2);
            // Then
            assertThat(difference).as(sharedCase.toString()).isNull();
        }
    }

    @Test
    void hugeLines_areReadUpToTheLimitAndRejectedBeyond() throws Exception {
        String header = "RPM,MAP,Torque\n";
        List<byte[]> logs = new ArrayList<>();
        for (int length :
                new int[] {LogLimits.MAX_LINE_BYTES - 1, LogLimits.MAX_LINE_BYTES, LogLimits.MAX_LINE_BYTES + 1}) {
            logs.add(
                    (header + "3000,80,9" + " ".repeat(length - 9) + "\n3000,80,9\n").getBytes(StandardCharsets.UTF_8));
            logs.add((header + "3000,80,9\n" + " ".repeat(length - 9) + "3000,80,9").getBytes(StandardCharsets.UTF_8));
            logs.add(("RPM,MAP,Torque," + "x".repeat(length - 15) + "\n3000,80,9").getBytes(StandardCharsets.UTF_8));
        }
        logs.add("7".repeat(3 * LogLimits.MAX_LINE_BYTES).getBytes(StandardCharsets.UTF_8));
        for (byte[] log : logs) {
            for (int chunk : new int[] {4096, Chunks.DEFAULT_BYTES, 4 * LogLimits.MAX_LINE_BYTES}) {
                // When
                String difference = new ReaderReferee(log, AnalysisOptions.defaults()).difference(chunk, 2);
                // Then
                assertThat(difference)
                        .as("%d bytes, chunk %d", log.length, chunk)
                        .isNull();
            }
        }
    }

    @Test
    void sharedRealLogs_areReadLikeTheReference() throws Exception {
        assumeTrue(
                Files.isDirectory(ReferenceRealLogsTest.LOGS), "the shared real logs are not next to this repository");
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, Object> entry :
                ReferenceRealLogsTest.expectations().entrySet()) {
            // Given
            byte[] log = Files.readAllBytes(ReferenceRealLogsTest.LOGS.resolve(entry.getKey()));
            AnalysisOptions options = ReferenceRealLogsTest.options((Map<?, ?>) entry.getValue());
            // When
            String difference = new ReaderReferee(log, options).difference(4096, 2);
            // Then
            if (difference != null) {
                differences.add(entry.getKey() + ": " + difference);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void manyColumns_areReadUpToTheLimitAndRejectedBeyond() throws Exception {
        for (int columns :
                new int[] {LogLimits.MAX_COLUMNS - 1, LogLimits.MAX_COLUMNS, LogLimits.MAX_COLUMNS + 1, 100_000}) {
            // Given
            byte[] log = ("RPM,MAP,Torque" + ",x".repeat(columns - 3) + "\n3000,80,9" + ",1".repeat(100_000) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            // When
            String difference = new ReaderReferee(log, AnalysisOptions.defaults()).difference(Chunks.DEFAULT_BYTES, 1);
            // Then
            assertThat(difference).as("%d columns", columns).isNull();
        }
    }

    @Test
    void tinyFiles_areReadOrRejected() throws Exception {
        for (int b = 0; b < 256; b++) {
            for (byte[] log : new byte[][] {{}, {(byte) b}, {(byte) b, (byte) b}, {'R', 'P', 'M', '\n', (byte) b}}) {
                // When
                String difference = new ReaderReferee(log, AnalysisOptions.defaults()).difference(1, 1);
                // Then
                assertThat(difference).as("byte %d, %d bytes", b, log.length).isNull();
            }
        }
    }

    private static byte[] damaged(long seed) {
        HostileLogs logs = new HostileLogs(seed);
        return logs.damaged(logs.log());
    }

    private static void check(int count, long firstSeed, LongFunction<byte[]> logs) throws Exception {
        int read = 0;
        List<String> differences = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            // Given
            byte[] log = logs.apply(seed);
            Random random = new Random(seed);
            Map<String, String> given = OPTIONS.get(random.nextInt(OPTIONS.size()));
            AnalysisOptions options = AnalysisOptions.of(given);
            int chunk = CHUNKS[random.nextInt(CHUNKS.length)];
            int threads = 1 + random.nextInt(2);
            // When
            ReaderReferee referee = new ReaderReferee(log, options);
            String difference;
            try {
                difference = referee.difference(chunk, threads);
            } catch (RuntimeException crash) {
                difference = crash.toString();
            }
            // Then
            if (difference != null) {
                differences.add(
                        "seed " + seed + " " + given + " chunk " + chunk + " threads " + threads + ": " + difference);
            }
            read += referee.expected().isRejected() ? 0 : 1;
        }
        if (!differences.isEmpty()) {
            fail(differences.size() + " of " + count + " differ:\n"
                    + String.join("\n", differences.subList(0, Math.min(20, differences.size()))));
        }
        assertThat(read).as("a test of rejections only would prove little").isGreaterThan(count / 4);
    }
}
