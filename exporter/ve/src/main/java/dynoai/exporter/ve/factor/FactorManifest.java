package dynoai.exporter.ve.factor;

import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.option.MathVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The manifest of the run that factors are from, against which its files are verified. */
public final class FactorManifest {
    private static final int MAX_BYTES = 32 << 20;

    private final Path folder;
    private final Manifest manifest;

    private FactorManifest(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Reads the manifest of a run folder and compares it with its twin: if they differ, one of them was changed. */
    static FactorManifest of(Path folder) throws VeException, IOException {
        if (!Files.isDirectory(folder)) {
            throw new VeException(VeException.Reason.FILE_NOT_FOUND, "no such run folder: " + folder);
        }
        InputFile file = InputFile.read("the run's manifest", RunFolderLayout.manifestIn(folder), MAX_BYTES);
        try (DirectoryStream<Path> twins = Files.newDirectoryStream(folder, RunFolderLayout.twinManifest("*"))) {
            for (Path path : twins) {
                InputFile twin = InputFile.read("the run's manifest under its id", path, MAX_BYTES);
                if (!Arrays.equals(twin.bytes(), file.bytes())) {
                    throw VeException.hash("the manifest " + file.path(), twin.sha() + " (" + path + ")", file.sha());
                }
            }
        }
        try {
            return new FactorManifest(folder, ManifestReader.read(file.path().toString(), file.bytes()));
        } catch (InvalidRunFolderException e) {
            throw VeException.metadata("invalid manifest: " + e.getMessage());
        }
    }

    /**
     * Returns the manifest that lists a file by its name or its hash: the one next to it or, for a link, next to its target.
     * Null if no manifest lists it.
     */
    static @Nullable FactorManifest listing(Path file, String sha) throws VeException, IOException {
        for (Path path : new LinkedHashSet<>(List.of(file.toAbsolutePath().normalize(), file.toRealPath()))) {
            Path folder = path.getParent();
            if (folder != null && Files.isRegularFile(RunFolderLayout.manifestIn(folder))) {
                FactorManifest manifest = of(folder);
                String name = String.valueOf(path.getFileName());
                if (manifest.recordedSha(name) != null || !manifest.namesOf(sha).isEmpty()) {
                    manifest.check(name, sha);
                    return manifest;
                }
            }
        }
        return null;
    }

    /** Whether a folder is a run folder, whose files must not change. */
    public static boolean isIn(Path folder) throws IOException {
        return ManifestReader.find(folder).isPresent();
    }

    String runId() {
        return manifest.runId();
    }

    @Nullable
    String mathVersion() {
        return manifest.mathVersion().isEmpty() ? null : manifest.mathVersion();
    }

    /** Returns the names under which a hash is listed, in the manifest's order. */
    List<String> namesOf(String sha) {
        return manifest.outputs().stream()
                .filter(output -> sha.equals(sha(output)))
                .map(ManifestOutput::file)
                .toList();
    }

    boolean isReplay() {
        MathVersion version = MathVersion.ofLabel(manifest.mathVersion());
        return version != null && version.isReplay();
    }

    void checkOk() throws VeException {
        if (!manifest.ok()) {
            throw VeException.arguments("the run in " + folder + " failed; it has no factors to apply");
        }
    }

    /** Returns a file of the run after verifying its hash. */
    InputFile file(String name) throws VeException, IOException {
        if (recordedSha(name) == null) {
            throw VeException.metadata("the manifest in " + folder + " lists no " + name);
        }
        InputFile file = InputFile.table("the run's " + name, folder.resolve(name));
        check(name, file.sha());
        return file;
    }

    private void check(String name, String sha) throws VeException {
        @Nullable String recorded = recordedSha(name);
        if (recorded != null && !recorded.equals(sha)) {
            throw VeException.hash(folder.resolve(name).toString(), recorded, sha);
        }
    }

    private @Nullable String recordedSha(String name) {
        for (ManifestOutput output : manifest.outputs()) {
            if (output.file().equals(name)) {
                return sha(output);
            }
        }
        return null;
    }

    /** Whether a cylinder has accepted rows; without AFR its coverage counts rows that no correction rests on. */
    boolean hasAcceptedRows(Cylinder cylinder) {
        Object accepted = manifest.fields("stats").get(cylinder.key() + "_accepted");
        return !(accepted instanceof Number rows) || rows.longValue() > 0;
    }

    private static String sha(ManifestOutput output) {
        return output.sha256().toLowerCase(Locale.ROOT);
    }
}
