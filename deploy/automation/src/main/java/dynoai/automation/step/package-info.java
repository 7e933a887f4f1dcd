/**
 * Steps and where they are found. Start with {@link dynoai.automation.step.Scriptlet}, the interface of a Java step; {@link
 * dynoai.automation.step.StepCatalog} finds steps by name and lists them with their documentation; {@link
 * dynoai.automation.step.BuiltInSteps} come with the product.
 */
package dynoai.automation.step;
