/**
 * The JSON that the steps of a recipe share. Start with {@link dynoai.automation.context.Context}; a {@link
 * dynoai.automation.context.Change} is one line of its history, and what a step did is the list of its changes.
 */
package dynoai.automation.context;
