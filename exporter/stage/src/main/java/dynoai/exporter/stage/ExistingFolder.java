package dynoai.exporter.stage;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.record.RunStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What exists under a run folder's name before the run is exported: usually nothing. */
final class ExistingFolder {
    private final Path folder;
    private final @Nullable Manifest manifest;

    private ExistingFolder(Path folder, @Nullable Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    static ExistingFolder at(Path folder) throws IOException {
        return new ExistingFolder(folder, ManifestReader.find(folder).orElse(null));
    }

    Manifest manifest() {
        return Objects.requireNonNull(manifest, "manifest");
    }

    boolean ok() {
        return manifest != null && manifest.ok();
    }

    /** Whether it is the folder of the same log with the same options. */
    boolean isOf(RunStarted run, AnalysisOptions options) {
        return manifest != null
                && manifest.runId().equals(run.runId())
                && manifest.inputSha256().equals(run.sha256())
                && hasArgs(manifest, options, run.optionFiles());
    }

    /** Whether it is the folder of a failed attempt at the same run. */
    boolean isFailedRun(RunStarted run) {
        return manifest != null
                && !manifest.ok()
                && manifest.runId().equals(run.runId())
                && manifest.inputSha256().equals(run.sha256());
    }

    private static boolean hasArgs(Manifest manifest, AnalysisOptions options, Map<String, String> files) {
        if (!(manifest.root().get("args") instanceof Map<?, ?> args)) {
            return false;
        }
        Map<String, @Nullable Object> wanted = options.toMap();
        for (Option option : Option.values()) {
            String key = option.key();
            boolean same = files.containsKey(key)
                    ? Objects.equals(args.get(key + "_sha256"), files.get(key))
                    : sameValue(args.get(key), wanted.get(key));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValue(@Nullable Object written, @Nullable Object value) {
        if (written instanceof Number a && value instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        return Objects.equals(written, value);
    }

    /** Whether every file has the size and the hash in the manifest. */
    boolean isIntact() throws IOException {
        for (ManifestOutput output : manifest().outputs()) {
            Path file = folder.resolve(output.file());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != output.sizeBytes()
                    || !Sha256.hex(file).equals(output.sha256())) {
                return false;
            }
        }
        return true;
    }
}
