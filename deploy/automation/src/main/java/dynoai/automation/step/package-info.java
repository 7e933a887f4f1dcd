/**
 * What a step is and where steps are found. Start with {@link dynoai.automation.step.Scriptlet}, the one interface a new
 * Java step implements; {@link dynoai.automation.step.StepCatalog} finds steps by name and lists them with their
 * documentation; {@link dynoai.automation.step.ReadyMadeSteps} are those that come with the product.
 */
package dynoai.automation.step;
