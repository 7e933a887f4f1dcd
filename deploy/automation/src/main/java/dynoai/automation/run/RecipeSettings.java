package dynoai.automation.run;

import java.nio.file.Path;

/**
 * @param workDir where shell steps run and what relative files are looked for in
 * @param workers how many steps may run at once
 */
public record RecipeSettings(Path workDir, int workers) {
    public RecipeSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("a recipe needs at least one worker, not " + workers);
        }
    }
}
