package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dynoai.engine.stored.Verification;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.CaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the shared conformance cases in each of their math versions: files byte by byte, counters, MAD, anomalies, and
 * rejections.
 */
@Tag("long")
class ConformanceTest {
    @TempDir
    Path work;

    @TestFactory
    List<DynamicContainer> sharedCases() throws IOException {
        List<DynamicContainer> containers = new ArrayList<>();
        if (!Files.isDirectory(CaseFolder.CONFORMANCE)) {
            System.out.println("Skipped: the shared conformance cases are not available");
            return containers;
        }
        for (CaseFolder shared : CaseFolder.in(CaseFolder.CONFORMANCE)) {
            List<DynamicTest> versions = new ArrayList<>();
            for (String version : shared.versions()) {
                versions.add(DynamicTest.dynamicTest(version, () -> check(shared, version)));
            }
            assertThat(versions).as(shared.name()).isNotEmpty();
            containers.add(DynamicContainer.dynamicContainer(shared.name(), versions));
        }
        assertThat(containers).as("cases in " + CaseFolder.CONFORMANCE).isNotEmpty();
        return containers;
    }

    private void check(CaseFolder shared, String version) throws Exception {
        // Given
        ExpectedRun expected = ExpectedRun.of(shared, version);
        Path run = work.resolve(shared.name()).resolve(version);
        RunRequest request = new RunRequest(shared.log(), shared.options(version), RunTarget.exactly(run), 2);
        BatchAnalysis analysis = BatchAnalysis.ofSystemTime();
        if (!expected.refusal().isEmpty()) {
            // When
            LogRejectedException refused =
                    catchThrowableOfType(LogRejectedException.class, () -> analysis.analyze(request, bytes -> {}));
            // Then
            assertThat(refused).as("must be refused").isNotNull();
            assertThat(refused.rejection().code().title()).isEqualTo(expected.refusal());
            assertThat(run).doesNotExist();
            return;
        }
        // When
        analysis.analyze(request, bytes -> {});
        // Then
        expected.assertMatches(run);
        Verification verification = Verification.of(run);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.unlisted()).isEmpty();
    }
}
