/**
 * The frozen mathematics of a run. Start with {@link dynoai.exporter.kernel.KernelChain}, which computes a {@link
 * dynoai.exporter.kernel.KernelResult} from a run's sums. {@link dynoai.exporter.kernel.KernelProfile} holds every constant.
 * The package uses no clock, logger or file.
 */
package dynoai.exporter.kernel;
