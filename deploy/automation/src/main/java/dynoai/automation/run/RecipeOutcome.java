package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import dynoai.automation.context.Context;

/**
 * How a run of a recipe ended.
 *
 * @param ok whether every step succeeded
 * @param message why a step failed; empty if all succeeded
 * @param context the Context with the changes of the successful steps
 * @param shown the values of the Context with secrets hidden, to print and to keep
 */
public record RecipeOutcome(boolean ok, String message, Context context, JsonNode shown) {}
