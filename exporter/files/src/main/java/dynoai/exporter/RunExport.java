package dynoai.exporter;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.RunFolderLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a run into its folder, the manifests last. The caller writes the log itself, as {@link
 * RunFolderLayout#LOG}, and publishes the folder.
 */
public final class RunExport {
    private static final RunFolderLayout.Document LOG = RunFolderLayout.LOG;

    private RunExport() {}

    public static Manifest write(RunFolder folder, AnalysisResult analysis, RunMetadata metadata) throws IOException {
        List<ManifestOutput> outputs = writeFiles(folder, analysis);
        outputs.add(log(folder, analysis.input(), analysis.grids().rowsRead(), (long)
                analysis.description().headers().size()));
        return finish(folder, metadata, ManifestFields.of(analysis, metadata, outputs));
    }

    /**
     * Writes the files of a session's accumulated map, which has no log of its own.
     *
     * @param session the runs of the map, for the manifest's field {@code session}
     */
    public static Manifest writeMap(
            RunFolder folder, AnalysisResult analysis, RunMetadata metadata, Map<String, @Nullable Object> session)
            throws IOException {
        List<ManifestOutput> outputs = writeFiles(folder, analysis);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        ManifestFields.of(analysis, metadata, outputs).root().forEach((name, value) -> {
            fields.put(name, value);
            if (name.equals("input")) {
                fields.put("session", session);
            }
        });
        return finish(folder, metadata, Manifest.of(fields));
    }

    private static List<ManifestOutput> writeFiles(RunFolder folder, AnalysisResult analysis) throws IOException {
        List<ManifestOutput> outputs = new ArrayList<>();
        for (RunFile file : RunFiles.of(analysis)) {
            folder.write(file.listed().file(), file.bytes());
            outputs.add(file.listed());
        }
        return outputs;
    }

    /** Writes the manifest of a failed run, which lists the log if the folder holds it. */
    public static Manifest writeFailure(RunFolder folder, FailedRun run, RunMetadata metadata) throws IOException {
        List<ManifestOutput> outputs = new ArrayList<>();
        if (Files.exists(LOG.in(folder.temporary()))) {
            outputs.add(log(folder, run.input(), null, null));
        }
        return finish(folder, metadata, ManifestFields.ofFailure(run, metadata, outputs));
    }

    private static ManifestOutput log(
            RunFolder folder, AnalysisResult.InputLog input, @Nullable Long rows, @Nullable Long columns)
            throws IOException {
        long size = Files.size(LOG.in(folder.temporary()));
        if (size != input.sizeBytes()) {
            throw new IOException(
                    LOG.file() + " has " + size + " bytes, but the log that was analysed has " + input.sizeBytes());
        }
        return new ManifestOutput(LOG.file(), "csv", LOG.schema(), rows, columns, size, input.sha256());
    }

    private static Manifest finish(RunFolder folder, RunMetadata metadata, Manifest manifest) throws IOException {
        folder.write(RunFolderLayout.twinManifest(metadata.runId()), manifest.bytes());
        folder.write(RunFolderLayout.MANIFEST, manifest.bytes());
        return manifest;
    }
}
