package dynoai.engine;

import dynoai.exporter.manifest.Manifest;
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
    public static Verification of(Path folder) throws InvalidRunFolderException, IOException {
        RunManifest manifest = RunManifest.read(folder.resolve(RunManifest.NAME));
        List<Finding> findings = new ArrayList<>();
        Set<String> unlisted = filesIn(folder);
        int checked = 0;
        for (RunManifest.Output output : manifest.outputs()) {
            String name = output.file();
            @Nullable String problem = problem(folder, output);
            if (problem != null) {
                findings.add(new Finding(name, problem));
            }
            unlisted.remove(name);
            checked++;
        }
        checkLog(manifest, findings);
        checkFingerprint(manifest, findings);
        String twin = manifest.runId() + ".manifest.json";
        checkTwin(folder, twin, findings);
        unlisted.remove(twin);
        unlisted.remove(RunManifest.NAME);
        return new Verification(
                folder, manifest.runId(), manifest.isOk(), checked, List.copyOf(findings), List.copyOf(unlisted));
    }

    private static @Nullable String problem(Path folder, RunManifest.Output output) throws IOException {
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
        return hashProblem(Sha256.hex(file), output.sha256());
    }

    private static @Nullable String hashProblem(String found, String listed) {
        return found.equals(listed) ? null : "has SHA-256 " + found + ", the manifest says " + listed;
    }

    /** The copy of the log is listed twice: as an output and as the input. Both must be the same bytes. */
    private static void checkLog(RunManifest manifest, List<Finding> findings) {
        for (RunManifest.Output output : manifest.outputs()) {
            if (output.file().equals("data.csv") && !output.sha256().equals(manifest.inputSha256())) {
                findings.add(new Finding("data.csv", "is listed with another SHA-256 than the run's input"));
            }
        }
    }

    /** The fields have no hash of their own but this one, so a number changed by hand shows here. */
    private static void checkFingerprint(RunManifest manifest, List<Finding> findings) throws IOException {
        byte[] bytes = Files.readAllBytes(manifest.file());
        try {
            if (!Manifest.read(bytes).hasRightFingerprint()) {
                findings.add(
                        new Finding(RunManifest.NAME, "was changed: its fingerprint does not belong to its fields"));
            }
        } catch (IOException notOurs) {
            findings.add(new Finding(RunManifest.NAME, String.valueOf(notOurs.getMessage())));
        }
    }

    private static void checkTwin(Path folder, String twin, List<Finding> findings) throws IOException {
        Path file = folder.resolve(twin);
        if (!isPlainName(twin) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            findings.add(new Finding(twin, "missing"));
        } else if (Files.mismatch(folder.resolve(RunManifest.NAME), file) >= 0) {
            findings.add(new Finding(twin, "is not the same as " + RunManifest.NAME));
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
