/**
 * Runs recipes when something happens in the pipeline, without knowing the pipeline. The one door is {@link
 * dynoai.automation.event.RecipeBindings}: whoever learns of a completed run tells it.
 */
package dynoai.automation.event;
