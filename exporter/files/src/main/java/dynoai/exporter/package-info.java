/**
 * From a run's sums to its folder. Start with {@link dynoai.exporter.RunFacts}, which runs the kernels and the diagnostics,
 * then {@link dynoai.exporter.RunExport}, which writes every file of the run into a {@link
 * dynoai.exporter.folder.RunFolder}. The same facts always give the same bytes.
 */
package dynoai.exporter;
