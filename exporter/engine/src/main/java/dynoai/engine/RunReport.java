package dynoai.engine;

import dynoai.exporter.AnalysisResult;
import dynoai.exporter.manifest.Manifest;
import java.nio.file.Path;

/**
 * A run that was analysed and whose folder is there.
 *
 * @param runId its name
 * @param folder the run folder, as the target named it
 * @param facts everything that was found
 * @param manifest the manifest as written
 */
public record RunReport(String runId, Path folder, AnalysisResult facts, Manifest manifest) {}
