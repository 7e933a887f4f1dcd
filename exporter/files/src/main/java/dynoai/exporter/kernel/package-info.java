/**
 * The frozen mathematics of a run: start with {@link dynoai.exporter.kernel.KernelChain}, which turns a run's sums into a
 * {@link dynoai.exporter.kernel.KernelResult}. {@link dynoai.exporter.kernel.KernelProfile} holds every constant, {@link
 * dynoai.exporter.kernel.FuelCorrection} the correction of a single reading. No clock, no logging, no files.
 */
package dynoai.exporter.kernel;
