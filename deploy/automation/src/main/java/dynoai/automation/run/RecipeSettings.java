package dynoai.automation.run;

import java.nio.file.Path;

/**
 * Where and how recipes run.
 *
 * @param workDir the working folder of shell steps and the base of relative files
 * @param workers number of steps that may run at once
 */
public record RecipeSettings(Path workDir, int workers) {
    public RecipeSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("a recipe needs at least one worker, not " + workers);
        }
    }
}
