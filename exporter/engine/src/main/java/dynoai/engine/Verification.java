package dynoai.engine;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run folder still is what its manifest says.
 *
 * @param folder the run folder
 * @param runId the run's name in the manifest
 * @param runOk whether the run itself succeeded
 * @param checked files whose size and hash were compared
 * @param findings what does not hold; empty when the folder is whole
 * @param unlisted files in the folder that the manifest does not know; they are no finding
 */
public record Verification(
        Path folder, String runId, boolean runOk, int checked, List<Finding> findings, List<String> unlisted) {

    /** One file that is not what the manifest says. */
    public record Finding(String file, String problem) {}

    public boolean isWhole() {
        return findings.isEmpty();
    }

    /** Reads and hashes every file that the folder's manifest lists. */
    public static Verification of(Path folder) throws IOException {
        Manifest manifest = ManifestReader.read(RunFolderLayout.manifestIn(folder));
        List<Finding> findings = new ArrayList<>();
        Set<String> unlisted = filesIn(folder);
        for (ManifestOutput output : manifest.outputs()) {
            String name = output.file();
            @Nullable String problem = problem(folder, output);
            if (problem != null) {
                findings.add(new Finding(name, problem));
            }
            if (name.equals(RunFolderLayout.LOG.file()) && !output.sha256().equals(manifest.inputSha256())) {
                findings.add(new Finding(name, "is listed with another SHA-256 than the run's input"));
            }
            unlisted.remove(name);
        }
        if (!manifest.hasRightFingerprint()) {
            findings.add(
                    new Finding(RunFolderLayout.MANIFEST, "was changed: its fingerprint does not match its fields"));
        }
        String twin = RunFolderLayout.twinManifest(manifest.runId());
        checkTwin(folder, twin, findings);
        unlisted.remove(twin);
        unlisted.remove(RunFolderLayout.MANIFEST);
        return new Verification(
                folder,
                manifest.runId(),
                manifest.ok(),
                manifest.outputs().size(),
                List.copyOf(findings),
                List.copyOf(unlisted));
    }

    private static @Nullable String problem(Path folder, ManifestOutput output) throws IOException {
        String name = output.file();
        if (!isPlainName(name)) {
            return "the manifest names a file outside of the run folder";
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "missing";
        }
        long size = Files.size(file);
        if (size != output.sizeBytes()) {
            return "has " + size + " bytes, the manifest says " + output.sizeBytes();
        }
        String sha256 = Sha256.hex(file);
        return sha256.equals(output.sha256())
                ? null
                : "has SHA-256 " + sha256 + ", the manifest says " + output.sha256();
    }

    private static void checkTwin(Path folder, String twin, List<Finding> findings) throws IOException {
        Path file = folder.resolve(twin);
        if (!isPlainName(twin) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            findings.add(new Finding(twin, "missing"));
        } else if (Files.mismatch(folder.resolve(RunFolderLayout.MANIFEST), file) >= 0) {
            findings.add(new Finding(twin, "is not the same as " + RunFolderLayout.MANIFEST));
        }
    }

    private static boolean isPlainName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0;
    }

    private static Set<String> filesIn(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }
}
