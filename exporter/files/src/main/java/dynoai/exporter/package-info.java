/**
 * Writes run folders. Start with {@link dynoai.exporter.RunExport}, which writes the files of an {@link
 * dynoai.exporter.analysis.AnalysisResult} into a {@link dynoai.exporter.folder.RunFolder}. Equal results have equal bytes.
 */
package dynoai.exporter;
