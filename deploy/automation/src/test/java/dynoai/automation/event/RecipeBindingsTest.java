package dynoai.automation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.TestSteps;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeEvents;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.schemas.file.LockFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RecipeBindingsTest {
    private static final String COUNT = """
            on: {event: run-completed, shop: [north, south], cell: cell-1}
            steps:
              - idx: 1
                name: count
                type: shell
                cmd: 'echo "$RUN $SHOP $ROWS" >> ran; echo "{\\"status\\":\\"ok\\"}"'
                args: {RUN: "${run.manifest_v1.run_id}", SHOP: "${run.shop_v1}", ROWS: "${run.manifest_v1.stats.rows_read}"}
            """;

    @TempDir
    Path folder;

    private RecipeBindings open(String yaml) throws Exception {
        return open(yaml, RunFolderSource.IN_PLACE);
    }

    private RecipeBindings open(String yaml, RunFolderSource folders) throws Exception {
        Recipe recipe = TestSteps.recipe(yaml);
        RecipeRunner runner = new RecipeRunner(TestSteps.catalog(), new RecipeSettings(folder, 1), RecipeEvents.SILENT);
        return RecipeBindings.open(
                List.of(recipe), runner, folder.resolve("bindings"), 2, folders, BindingEvents.SILENT);
    }

    private RunCompleted event(String shop, String cell, String run) {
        ObjectNode manifest = new ObjectMapper().createObjectNode().put("run_id", run);
        manifest.putObject("stats").put("rows_read", 7);
        return new RunCompleted(shop, cell, run, folder.resolve("runs").resolve(run), manifest);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the condition did not hold within a minute");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void matchingRuns_runTheRecipeOnceEach() throws Exception {
        // Given
        try (RecipeBindings bindings = open(COUNT)) {
            // When
            int started = bindings.onRunCompleted(event("north", "cell-1", "r1"))
                            .started()
                    + bindings.onRunCompleted(event("south", "cell-1", "r1")).started()
                    + bindings.onRunCompleted(event("north", "cell-1", "r1")).started()
                    + bindings.onRunCompleted(event("north", "cell-2", "r2")).started()
                    + bindings.onRunCompleted(event("west", "cell-1", "r3")).started();
            await(() -> bindings.status().get(0).waiting() == 0);
            // Then
            assertThat(started).isEqualTo(2);
            assertThat(Files.readAllLines(folder.resolve("ran"))).containsExactlyInAnyOrder("r1 north 7", "r1 south 7");
            assertThat(bindings.status()).containsExactly(new BindingStatus("r", 0, 2, 0, 1, 0, ""));
            assertThat(RecipeBindings.statusOf(folder.resolve("bindings")))
                    .containsExactly(new BindingStatus("r", 0, 2, 0, 0, 0, ""));
        }
    }

    @Test
    void recipe_runsAfterItsRunFolderWasProvided() throws Exception {
        // Given
        String listing = "on: run-completed\nsteps: [{idx: 1, name: a, type: shell, "
                + "cmd: 'test -d \"$RUN\" && echo \"{\\\"status\\\":\\\"ok\\\"}\"', args: {RUN: '${run.folder_v1}'}}]\n";
        try (RecipeBindings bindings = open(listing, event -> Files.createDirectories(event.runFolder()))) {
            // When
            bindings.onRunCompleted(event("x", "y", "r1"));
            await(() -> bindings.status().get(0).waiting() == 0);
            // Then
            assertThat(bindings.status()).containsExactly(new BindingStatus("r", 0, 1, 0, 0, 0, ""));
        }
    }

    @Test
    void failures_areCountedWithTheirReason_alsoAfterARestart() throws Exception {
        // Given
        String failing = "on: run-completed\nsteps: [{idx: 1, name: a, type: shell, cmd: 'exit 7'}]\n";
        try (RecipeBindings bindings = open(failing)) {
            bindings.onRunCompleted(event("x", "y", "r1"));
            await(() -> bindings.status().get(0).failed() == 1);
        }
        // When
        try (RecipeBindings again = open(failing)) {
            DeliveryCount delivered = again.onRunCompleted(event("x", "y", "r1"));
            // Then
            assertThat(delivered).isEqualTo(new DeliveryCount(0, 0));
            assertThat(RecipeBindings.statusOf(folder.resolve("bindings"))
                            .get(0)
                            .lastFailure())
                    .startsWith("x/r1: step a: exit code 7");
            BindingStatus status = again.status().get(0);
            assertThat(status.failed()).isEqualTo(1);
            assertThat(status.duplicates()).isEqualTo(1);
            assertThat(status.lastFailure()).startsWith("x/r1: step a: exit code 7");
        }
    }

    @Test
    void eventThatWasAcceptedBeforeACrash_runsAfterTheRestart() throws Exception {
        // Given
        String slow = "on: run-completed\nsteps: [{idx: 1, name: a, type: shell, "
                + "cmd: 'test -f go || sleep 60; echo \"{\\\"status\\\":\\\"ok\\\"}\"'}]\n";
        try (RecipeBindings bindings = open(slow)) {
            bindings.onRunCompleted(event("x", "y", "r1"));
        }
        Files.writeString(folder.resolve("go"), "");
        // When
        try (RecipeBindings again = open(slow)) {
            await(() -> again.status().get(0).succeeded() == 1);
            // Then
            assertThat(again.status().get(0).failed()).isZero();
        }
    }

    @Test
    void folderThatCannotBeWritten_isCountedAndDoesNotThrow() throws Exception {
        // Given
        try (RecipeBindings bindings = open(COUNT)) {
            Files.writeString(folder.resolve("bindings"), "not a folder");
            // When
            DeliveryCount delivered = bindings.onRunCompleted(event("north", "cell-1", "r1"));
            // Then
            assertThat(delivered).isEqualTo(new DeliveryCount(0, 1));
            assertThat(bindings.status().get(0).refused()).isEqualTo(1);
            assertThat(bindings.status().get(0).lastFailure()).contains("could not be accepted");
        }
    }

    private static final String NEEDS_GO = "on: run-completed\nsteps:\n"
            + "  - {idx: 1, name: a, type: shell, cmd: 'echo x >> ran-a; echo \"{\\\"status\\\":\\\"ok\\\"}\"'}\n"
            + "  - {idx: 2, name: b, type: shell, cmd: 'test -f go && echo \"{\\\"status\\\":\\\"ok\\\"}\"'}\n";

    private RecipeRetry retry(String yaml) throws Exception {
        RecipeRunner runner = new RecipeRunner(TestSteps.catalog(), new RecipeSettings(folder, 1), RecipeEvents.SILENT);
        return new RecipeRetry(folder.resolve("bindings"), TestSteps.recipe(yaml), runner);
    }

    private void fail(String yaml) throws Exception {
        try (RecipeBindings bindings = open(yaml)) {
            bindings.onRunCompleted(event("x", "y", "r1"));
            await(() -> bindings.status().get(0).failed() == 1);
        }
    }

    @Test
    void retry_ofAFailedEvent_repeatsTheFailedStepAndSaysSo() throws Exception {
        // Given
        fail(NEEDS_GO);
        RecipeOutcome failedAgain = retry(NEEDS_GO).run("x", "r1");
        Files.writeString(folder.resolve("go"), "");
        // When
        RecipeOutcome outcome = retry(NEEDS_GO).run("x", "r1");
        // Then
        assertThat(failedAgain.ok()).isFalse();
        assertThat(outcome.ok()).as(outcome.message()).isTrue();
        assertThat(folder.resolve("ran-a")).hasContent("x");
        assertThat(folder.resolve("bindings/r/x/r1/end.json"))
                .hasContent("{\"ok\":true,\"message\":\"\",\"retries\":2}");
        assertThat(RecipeBindings.statusOf(folder.resolve("bindings")))
                .containsExactly(new BindingStatus("r", 0, 1, 0, 0, 0, ""));
    }

    @Test
    void retry_withAChangedRecipe_runsAllStepsAndKeepsTheEarlierRun() throws Exception {
        // Given
        fail(NEEDS_GO);
        String mended = NEEDS_GO.replace("test -f go", "true");
        // When
        RecipeOutcome outcome = retry(mended).run("x", "r1");
        // Then
        assertThat(outcome.ok()).as(outcome.message()).isTrue();
        assertThat(folder.resolve("ran-a")).hasContent("x\nx");
        assertThat(folder.resolve("bindings/r/x/r1/run-1/outcome.json"))
                .content()
                .contains("\"ok\" : false");
    }

    @Test
    void retry_ofWhatHasNotFailed_isRejected() throws Exception {
        // Given
        Files.writeString(folder.resolve("go"), "");
        try (RecipeBindings bindings = open(NEEDS_GO)) {
            bindings.onRunCompleted(event("x", "y", "r1"));
            await(() -> bindings.status().get(0).succeeded() == 1);
        }
        // When
        Throwable succeeded = catchThrowable(() -> retry(NEEDS_GO).run("x", "r1"));
        Throwable missing = catchThrowable(() -> retry(NEEDS_GO).run("x", "r3"));
        Files.delete(folder.resolve("bindings/r/x/r1/end.json"));
        Throwable notEnded = catchThrowable(() -> retry(NEEDS_GO).run("x", "r1"));
        // Then
        assertThat(succeeded).hasMessage("x/r1 succeeded; only a failed one is run again");
        assertThat(missing).hasMessageContaining("was not started for this run");
        assertThat(notEnded).hasMessageContaining("x/r1 has not ended");
    }

    @Test
    void secondRetryAtTheSameTime_isRejected() throws Exception {
        // Given
        String waits = "on: run-completed\nsteps: [{idx: 1, name: a, type: shell, "
                + "cmd: 'touch started; while test -f wait; do sleep 0.05; done; exit 1'}]\n";
        fail(waits);
        Files.delete(folder.resolve("started"));
        Files.writeString(folder.resolve("wait"), "");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<RecipeOutcome> first = thread.submit(() -> retry(waits).run("x", "r1"));
        await(() -> Files.exists(folder.resolve("started")));
        // When
        Throwable second = catchThrowable(() -> retry(waits).run("x", "r1"));
        // Then
        assertThat(second)
                .isInstanceOf(RecipeRetry.RetryRejectedException.class)
                .hasMessageContaining("x/r1 is running again already");
        Files.delete(folder.resolve("wait"));
        assertThat(first.get().ok()).isFalse();
        thread.shutdown();
    }

    @Test
    void runThatIsRunning_cannotBeResumed() throws Exception {
        // Given
        fail(NEEDS_GO);
        Path run = folder.resolve("bindings/r/x/r1/run");
        Recipe recipe = TestSteps.recipe(NEEDS_GO);
        RecipeRunner runner = new RecipeRunner(TestSteps.catalog(), new RecipeSettings(folder, 1), RecipeEvents.SILENT);
        LockFile lock = LockFile.acquire(run.resolve("run.lock"));
        // When
        Throwable thrown = catchThrowable(() -> runner.run(recipe, RecipeRunFolder.resume(run, recipe)));
        // Then
        assertThat(thrown).hasMessageContaining("is running: process");
        lock.close();
    }
}
