/**
 * Runs recipes. Start with {@link dynoai.automation.run.RecipeRunner}: it takes a checked recipe, a Context to start from and
 * a {@link dynoai.automation.run.RunFolder} that remembers every finished step, so that a run that was killed can go on.
 * {@link dynoai.automation.run.RunPlan} says what would be done. What happens is told to {@link
 * dynoai.automation.run.RunEvents}.
 */
package dynoai.automation.run;
