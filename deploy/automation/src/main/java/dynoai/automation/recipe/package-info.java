/**
 * Recipes, checked before anything runs. Start with {@link dynoai.automation.recipe.RecipeLoader}; a
 * {@link dynoai.automation.recipe.Recipe} holds {@link dynoai.automation.recipe.RecipeStep}s, and {@link
 * dynoai.automation.recipe.StepOrder} is the order in which they run.
 */
package dynoai.automation.recipe;
