package dynoai.automation.run;

import dynoai.automation.context.Context;

/**
 * How a run ended.
 *
 * @param ok whether every step succeeded
 * @param message why not; empty when it did
 * @param context what the steps that succeeded left
 */
public record RecipeOutcome(boolean ok, String message, Context context) {}
