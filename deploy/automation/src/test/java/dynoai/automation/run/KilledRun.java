package dynoai.automation.run;

import dynoai.automation.TestSteps;
import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a recipe in a process that may be killed, and resumes a run that was begun. */
public final class KilledRun {
    private KilledRun() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Recipe recipe = TestSteps.recipe(Files.readString(folder.resolve("recipe.yaml")));
        Path run = folder.resolve("run");
        RecipeRunFolder runFolder = Files.exists(run.resolve("run.json"))
                ? RecipeRunFolder.resume(run, recipe)
                : RecipeRunFolder.begin(run, recipe, new Context().toMap());
        RecipeOutcome outcome = new RecipeRunner(
                        TestSteps.catalog(), new RecipeSettings(folder, 2), RecipeEvents.SILENT)
                .run(recipe, runFolder);
        System.exit(outcome.ok() ? 0 : 1);
    }
}
