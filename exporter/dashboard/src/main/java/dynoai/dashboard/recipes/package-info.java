/** The runs of recipes on disk, read only. Start with {@link dynoai.dashboard.recipes.RecipeRuns}. */
package dynoai.dashboard.recipes;
