/** The Java steps of the sample recipe, to copy: {@link dynoai.automation.sample.SampleStep}. */
package dynoai.automation.sample;
