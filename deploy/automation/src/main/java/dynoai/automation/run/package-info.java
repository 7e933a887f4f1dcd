/**
 * Runs recipes. Start with {@link dynoai.automation.run.RecipeRunner}: it takes a checked recipe and a {@link
 * dynoai.automation.run.RecipeRunFolder} that keeps every finished step, so that a killed run can be resumed. {@link
 * dynoai.automation.run.RecipePlan} shows what a run would do, {@link dynoai.automation.run.RecipeEvents} reports what it
 * does.
 */
package dynoai.automation.run;
