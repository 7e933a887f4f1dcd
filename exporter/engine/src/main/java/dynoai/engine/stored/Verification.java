package dynoai.engine.stored;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
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
 * The comparison of a run folder with its manifest.
 *
 * @param runOk whether the run succeeded
 * @param checked number of files whose size and hash were compared
 * @param findings differences; empty if the folder is intact
 * @param unlisted files in the folder that the manifest does not list; they are not findings
 */
public record Verification(
        Path folder, String runId, boolean runOk, int checked, List<Finding> findings, List<String> unlisted) {

    /** A file that differs from the manifest. */
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
            @Nullable String problem = output.problemIn(folder);
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

    private static void checkTwin(Path folder, String twin, List<Finding> findings) throws IOException {
        Path file = folder.resolve(twin);
        if (!ManifestOutput.isFileName(twin) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            findings.add(new Finding(twin, "missing"));
        } else if (Files.mismatch(folder.resolve(RunFolderLayout.MANIFEST), file) >= 0) {
            findings.add(new Finding(twin, "is not the same as " + RunFolderLayout.MANIFEST));
        }
    }

    private static Set<String> filesIn(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }
}
