/**
 * The JSON that the steps of a recipe share. Start with {@link dynoai.automation.context.Context}; a {@link
 * dynoai.automation.context.Change} is one entry of its history; the result of a step is the list of its changes.
 */
package dynoai.automation.context;
