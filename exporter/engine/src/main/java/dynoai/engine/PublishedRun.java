package dynoai.engine;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.manifest.Manifest;
import java.nio.file.Path;

/**
 * A run that was analysed and whose folder is published.
 *
 * @param folder the run folder, as the target named it
 * @param manifest the manifest as written
 */
public record PublishedRun(String runId, Path folder, AnalysisResult analysis, Manifest manifest) {}
