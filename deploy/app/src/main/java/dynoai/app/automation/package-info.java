/**
 * The commands about recipes, steps and the shared Context. The one door is {@link
 * dynoai.app.automation.AutomationCommands}.
 */
package dynoai.app.automation;
