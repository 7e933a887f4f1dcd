package dynoai.exporter;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything known about a run into its folder, the manifests last. The log's own bytes are put there by whoever
 * read them, under {@link #LOG_FILE}, and publishing the folder is theirs too.
 */
public final class RunExport {
    /** The log's bytes, unchanged. */
    public static final String LOG_FILE = "data.csv";

    private RunExport() {}

    public static Manifest write(RunFolder folder, AnalysisResult facts, RunMetadata occasion) throws IOException {
        List<ManifestOutput> outputs = new ArrayList<>();
        for (RunFile file : RunFiles.of(facts)) {
            folder.write(file.name(), file.bytes());
            outputs.add(file.listed());
        }
        outputs.add(log(
                folder,
                facts.input(),
                facts.grids().rowsRead(),
                facts.description().headers().size()));
        return finish(folder, occasion, ManifestFields.of(facts, occasion, outputs));
    }

    /** A failed run keeps its log, where it got that far, and a manifest that says what went wrong. */
    public static Manifest writeFailure(RunFolder folder, FailedRun run, RunMetadata occasion) throws IOException {
        List<ManifestOutput> outputs = new ArrayList<>();
        if (Files.exists(folder.temporary().resolve(LOG_FILE))) {
            outputs.add(log(folder, run.input(), null, null));
        }
        return finish(folder, occasion, ManifestFields.ofFailure(run, occasion, outputs));
    }

    private static ManifestOutput log(
            RunFolder folder, AnalysisResult.InputLog input, @Nullable Long rows, @Nullable Integer columns)
            throws IOException {
        Path log = folder.temporary().resolve(LOG_FILE);
        long size = Files.size(log);
        if (size != input.sizeBytes()) {
            throw new IOException(
                    LOG_FILE + " has " + size + " bytes, but the log that was analysed has " + input.sizeBytes());
        }
        return new ManifestOutput(
                LOG_FILE,
                "csv",
                "source_log",
                rows,
                columns == null ? null : columns.longValue(),
                size,
                input.sha256());
    }

    private static Manifest finish(RunFolder folder, RunMetadata occasion, Manifest manifest) throws IOException {
        folder.write(Manifest.namedFile(occasion.runId()), manifest.bytes());
        folder.write(Manifest.FILE, manifest.bytes());
        return manifest;
    }
}
