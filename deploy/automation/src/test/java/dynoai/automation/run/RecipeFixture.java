package dynoai.automation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.TestSteps;
import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Runs recipes in a folder of a test and records their events. */
final class RecipeFixture {
    final Path folder;
    final List<String> events = new CopyOnWriteArrayList<>();

    RecipeFixture(Path folder) {
        this.folder = folder;
    }

    RecipeOutcome run(String yaml) throws Exception {
        return run(yaml, 4, "run");
    }

    RecipeOutcome run(String yaml, ObjectNode startContext) throws Exception {
        return run(yaml, 4, "run", startContext);
    }

    RecipeOutcome run(String yaml, int workers, String runName) throws Exception {
        return run(yaml, workers, runName, new Context().toMap());
    }

    /** @param file the recipe's file, which is not read */
    RecipeOutcome run(Path file, String yaml) throws Exception {
        return run(
                new RecipeLoader(TestSteps.catalog()).load(file, yaml.getBytes(StandardCharsets.UTF_8)),
                4,
                "run",
                new Context().toMap());
    }

    private RecipeOutcome run(String yaml, int workers, String runName, ObjectNode startContext) throws Exception {
        return run(TestSteps.recipe(yaml), workers, runName, startContext);
    }

    private RecipeOutcome run(Recipe recipe, int workers, String runName, ObjectNode startContext) throws Exception {
        Path run = folder.resolve(runName);
        RecipeRunFolder runFolder = Files.exists(run.resolve("run.json"))
                ? RecipeRunFolder.resume(run, recipe)
                : RecipeRunFolder.begin(run, recipe, startContext);
        return new RecipeRunner(TestSteps.catalog(), new RecipeSettings(folder, workers), recorder())
                .run(recipe, runFolder);
    }

    /** Returns all logs of the run. */
    String logs() throws Exception {
        try (Stream<Path> logs = Files.list(folder.resolve("run").resolve("logs"))) {
            StringBuilder text = new StringBuilder();
            for (Path log : logs.sorted().toList()) {
                text.append(Files.readString(log));
            }
            return text.toString();
        }
    }

    private RecipeEvents recorder() {
        return new RecipeEvents() {
            @Override
            public void stepStarted(String id, String kind, int attempt) {
                events.add("start " + id + " " + attempt);
            }

            @Override
            public void stepSucceeded(String id, String result) {
                events.add("ok " + id + " " + result);
            }

            @Override
            public void stepFailed(String id, int attempt, String reason) {
                events.add("failed " + id + " " + attempt + " " + reason);
            }

            @Override
            public void stepResumed(String id) {
                events.add("resumed " + id);
            }
        };
    }
}
