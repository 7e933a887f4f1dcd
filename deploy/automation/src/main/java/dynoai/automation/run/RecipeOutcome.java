package dynoai.automation.run;

import dynoai.automation.context.Context;

/**
 * How a run of a recipe ended.
 *
 * @param ok whether every step succeeded
 * @param message why a step failed; empty if all succeeded
 * @param context the Context with the changes of the successful steps
 */
public record RecipeOutcome(boolean ok, String message, Context context) {}
