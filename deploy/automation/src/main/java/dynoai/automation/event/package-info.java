/**
 * Runs recipes on events of the pipeline, without a dependency on the pipeline. The entry point is {@link
 * dynoai.automation.event.RecipeBindings}, to which the node delivers each completed run.
 */
package dynoai.automation.event;
