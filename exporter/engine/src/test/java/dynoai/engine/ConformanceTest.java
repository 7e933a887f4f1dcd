package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dynoai.engine.stored.Verification;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.CaseFolder;
import dynoai.schemas.option.ConformanceCases;
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
        if (!Files.isDirectory(ConformanceCases.CONFORMANCE)) {
            System.out.println("Skipped: the shared conformance cases are not available");
            return containers;
        }
        for (CaseFolder shared : ConformanceCases.all()) {
            List<DynamicTest> versions = new ArrayList<>();
            for (String version : shared.versions()) {
                versions.add(DynamicTest.dynamicTest(version, () -> check(shared, version)));
            }
            assertThat(versions).as(shared.name()).isNotEmpty();
            containers.add(DynamicContainer.dynamicContainer(shared.name(), versions));
        }
        assertThat(containers).as("cases in " + ConformanceCases.CONFORMANCE).isNotEmpty();
        return containers;
    }

    private void check(CaseFolder shared, String version) throws Exception {
        if (ExpectedRun.of(shared, version).refusal().isEmpty()) {
            analyzedLog_hasTheExpectedFiles(shared, version);
        } else {
            rejectedLog_hasTheExpectedReason(shared, version);
        }
    }

    private void analyzedLog_hasTheExpectedFiles(CaseFolder shared, String version) throws Exception {
        // Given
        RunRequest request = request(shared, version);
        // When
        Path run = BatchAnalysis.ofSystemTime().analyze(request, bytes -> {}).folder();
        // Then
        ExpectedRun.of(shared, version).assertMatches(run);
        Verification verification = Verification.of(run);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.unlisted()).isEmpty();
    }

    private void rejectedLog_hasTheExpectedReason(CaseFolder shared, String version) throws Exception {
        // Given
        RunRequest request = request(shared, version);
        // When
        LogRejectedException rejected = catchThrowableOfType(
                LogRejectedException.class, () -> BatchAnalysis.ofSystemTime().analyze(request, bytes -> {}));
        // Then
        assertThat(rejected).as("must be rejected").isNotNull();
        assertThat(rejected.rejection().code().title())
                .isEqualTo(ExpectedRun.of(shared, version).refusal());
        assertThat(run(shared, version)).doesNotExist();
    }

    private RunRequest request(CaseFolder shared, String version) throws Exception {
        return new RunRequest(shared.log(), shared.options(version), RunTarget.exactly(run(shared, version)), 2);
    }

    private Path run(CaseFolder shared, String version) {
        return work.resolve(shared.name()).resolve(version);
    }
}
