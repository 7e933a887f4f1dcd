package dynoai.app.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandLineRun;
import dynoai.app.CommandProcess;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestTest {
    @TempDir
    Path work;

    private record Fixed(String name, String failure) implements Check {
        @Override
        public String run(Path folder) throws FailedCheckException, IOException {
            Files.writeString(folder.resolve("result.txt"), name);
            if (!failure.isEmpty()) {
                throw new FailedCheckException(failure);
            }
            return "fine";
        }
    }

    @Test
    void failedCheck_doesNotStopTheOthersAndKeepsItsFiles() throws Exception {
        // Given
        List<String> ended = new ArrayList<>();
        SelfTest test = new SelfTest(
                List.of(new Fixed("first", "one cell differs"), new Fixed("second", "")),
                result -> ended.add(result.name() + ": " + result.detail()));
        // When
        SelfTest.Report report = test.run();
        // Then
        assertThat(report.isOk()).isFalse();
        assertThat(ended).containsExactly("first: one cell differs", "second: fine");
        assertThat(Path.of(report.kept(), "first", "result.txt")).hasContent("first");
        dynoai.exporter.folder.RunFolder.discard(Path.of(report.kept()));
    }

    @Test
    void interruptedCheck_endsTheTest() {
        // Given
        SelfTest test = new SelfTest(
                List.of(new Check() {
                    @Override
                    public String name() {
                        return "interrupted";
                    }

                    @Override
                    public String run(Path folder) throws IOException {
                        Thread.currentThread().interrupt();
                        throw new IOException("closed");
                    }
                }),
                result -> {});
        // When / Then
        assertThatThrownBy(test::run).isInstanceOf(InterruptedException.class);
    }

    @Test
    void caseWithAnotherResult_fails() throws Exception {
        // Given
        Path cases = work.resolve("cases");
        new ConformanceCheck().run(work);
        Path delta = work.resolve("cases/one-lean-cell/expected/2.0.0/VE_Correction_Delta_DYNO.csv");
        Files.writeString(delta, Files.readString(delta).replaceFirst("'\\+[0-9]", "'+9"));
        // When
        Throwable failure =
                catchThrowable(() -> new ConformanceCheck().check(cases, Files.createDirectory(work.resolve("again"))));
        // Then
        assertThat(failure)
                .isInstanceOf(FailedCheckException.class)
                .hasMessageContaining("one-lean-cell, math version 2.0.0: VE_Correction_Delta_DYNO.csv differs");
    }

    @Test
    @Tag("broker")
    void selfTest_passesAndSaysWhatItChecked() throws Exception {
        // When
        var test = CommandLineRun.of("self-test", "--json");
        // Then
        assertThat(test.exitCode()).as(test.out() + test.err()).isZero();
        Map<?, ?> json = (Map<?, ?>) Json.read(test.out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.get("ok")).isEqualTo(true);
        List<Object> names = new ArrayList<>();
        ((List<?>) json.get("checks")).forEach(check -> names.add(((Map<?, ?>) check).get("name")));
        assertThat(names).containsExactly("conformance", "ve", "pipeline");
    }

    @Test
    @Tag("process")
    void selfTestThatIsInterrupted_leavesNoFiles() throws Exception {
        // Given
        Path temporary = Files.createDirectory(work.resolve("tmp"));
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        try (CommandProcess process = CommandProcess.start(work, environment, "self-test")) {
            await().atMost(Duration.ofMinutes(2)).until(() -> process.said("ok     ve") == 1);
            // When
            process.interrupt();
            // Then
            assertThat(process.awaitEnd()).as(process.said()).isEqualTo(CommandProcess.INTERRUPTED);
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("dynoai-")))
                    .isEmpty();
        }
    }
}
