package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dynoai.analyzer.run.RunAggregate;
import dynoai.ingest.log.ChunkedLog;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.ReadTotals;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.CaseFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden cases, whose READMEs derive the numbers. Each also runs with other line ends, one and two threads, and chunks
 * down to a single byte.
 */
class GoldenCasesTest {
    static final Path CASES = Path.of("src", "test", "resources", "golden");

    private final BatchAnalysis analysis = BatchAnalysis.ofSystemTime();

    @TempDir
    Path work;

    @TestFactory
    List<DynamicContainer> asWritten() throws IOException {
        return each((golden, version) -> {
            // Given
            ExpectedRun expected = ExpectedRun.of(golden, version);
            Path run = work.resolve("as-written").resolve(golden.name()).resolve(version);
            if (GoldenWriter.isRequested()) {
                rewrite(golden, version, run);
                return;
            }
            // When
            analyzeAsExpected(golden, version, golden.log(), run, 2);
            // Then
            if (expected.refusal().isEmpty()) {
                assertThat(GoldenWriter.files(run)).containsExactlyInAnyOrderElementsOf(expected.files());
            } else {
                assertThat(expected.files()).isEmpty();
            }
        });
    }

    @TestFactory
    List<DynamicContainer> withOtherLineEnds() throws IOException {
        Map<String, String> lineEnds = new TreeMap<>(Map.of("lf", "\n", "cr", "\r", "crlf", "\r\n"));
        return each((golden, version) -> {
            String text = Files.readString(golden.log());
            int threads = 1;
            for (Map.Entry<String, String> end : lineEnds.entrySet()) {
                // Given
                Path folder = work.resolve(end.getKey()).resolve(golden.name());
                Files.createDirectories(folder);
                byte[] bytes = text.replaceAll("\r\n|\r|\n", end.getValue()).getBytes(StandardCharsets.UTF_8);
                Path log = Files.write(folder.resolve("log-" + version + ".csv"), bytes);
                // When, then
                analyzeAsExpected(golden, version, log, folder.resolve(version), threads);
                threads = 3 - threads;
            }
        });
    }

    @TestFactory
    List<DynamicContainer> inChunksOfAnySize() throws IOException {
        return each((golden, version) -> {
            // Given
            AnalysisOptions options = golden.options(version);
            LogSource log = LogSource.of(golden.log());
            if (!ExpectedRun.of(golden, version).refusal().isEmpty()) {
                for (int chunkBytes : new int[] {1, 5, 64}) {
                    // When
                    LogRejectedException refused =
                            catchThrowableOfType(LogRejectedException.class, () -> fold(log, options, 1, chunkBytes));
                    // Then
                    assertThat(refused.rejection().code().title())
                            .isEqualTo(ExpectedRun.of(golden, version).refusal());
                }
                return;
            }
            RunGrids whole = FoldedLog.of(log, LogReader.plan(log, options), options, 1, null)
                    .grids();
            for (int chunkBytes : new int[] {1, 5, 64, 1000}) {
                for (int threads = 1; threads <= 2; threads++) {
                    // When
                    RunGrids chunked = fold(log, options, threads, chunkBytes);
                    // Then
                    assertThat(chunked)
                            .as(chunkBytes + " bytes, " + threads + " threads")
                            .isEqualTo(whole);
                }
            }
        });
    }

    private static RunGrids fold(LogSource log, AnalysisOptions options, int threads, int chunkBytes)
            throws LogRejectedException, IOException {
        List<RunAggregate> aggregates = new ArrayList<>();
        ReadTotals totals = ChunkedLog.read(log, options, threads, chunkBytes, plan -> {
            RunAggregate aggregate = new RunAggregate(plan.description(), options);
            aggregates.add(aggregate);
            return aggregate::fold;
        });
        return aggregates.get(0).grids(totals.rowsRead(), totals.unreadable());
    }

    private void analyzeAsExpected(CaseFolder golden, String version, Path log, Path run, int threads)
            throws Exception {
        RunRequest request = new RunRequest(log, golden.options(version), RunTarget.exactly(run), threads);
        ExpectedRun expected = ExpectedRun.of(golden, version);
        if (expected.refusal().isEmpty()) {
            analysis.analyze(request, bytes -> {});
            expected.assertMatches(run);
            return;
        }
        LogRejectedException refused =
                catchThrowableOfType(LogRejectedException.class, () -> analysis.analyze(request, bytes -> {}));
        assertThat(refused).as("must be refused").isNotNull();
        assertThat(refused.rejection().code().title()).isEqualTo(expected.refusal());
        assertThat(run).doesNotExist();
    }

    private void rewrite(CaseFolder golden, String version, Path run) throws Exception {
        RunRequest request = new RunRequest(golden.log(), golden.options(version), RunTarget.exactly(run), 2);
        try {
            analysis.analyze(request, bytes -> {});
            GoldenWriter.write(ExpectedRun.of(golden, version), run);
        } catch (LogRejectedException e) {
            GoldenWriter.writeRejection(ExpectedRun.of(golden, version), e);
        }
    }

    private interface Check {
        void of(CaseFolder golden, String version) throws Exception;
    }

    private static List<DynamicContainer> each(Check check) throws IOException {
        List<DynamicContainer> containers = new ArrayList<>();
        for (CaseFolder golden : CaseFolder.in(CASES)) {
            List<DynamicTest> versions = new ArrayList<>();
            for (String version : golden.versions()) {
                versions.add(DynamicTest.dynamicTest(version, () -> check.of(golden, version)));
            }
            assertThat(versions).as(golden.name()).isNotEmpty();
            assertThat(golden.home().resolve("README.md")).exists();
            containers.add(DynamicContainer.dynamicContainer(golden.name(), versions));
        }
        try (Stream<Path> folders = Files.list(CASES).filter(Files::isDirectory)) {
            assertThat(containers)
                    .extracting(DynamicContainer::getDisplayName)
                    .containsExactlyInAnyOrderElementsOf(
                            folders.map(folder -> folder.getFileName().toString())
                                    .toList());
        }
        return containers;
    }
}
