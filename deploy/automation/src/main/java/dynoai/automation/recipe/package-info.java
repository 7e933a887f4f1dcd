/**
 * A recipe as a file says it, checked before anything runs. Start with {@link dynoai.automation.recipe.RecipeLoader}; a
 * {@link dynoai.automation.recipe.Recipe} holds {@link dynoai.automation.recipe.RecipeStep}s, and {@link
 * dynoai.automation.recipe.StepOrder} says which of them waits for which.
 */
package dynoai.automation.recipe;
