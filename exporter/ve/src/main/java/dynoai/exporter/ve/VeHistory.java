package dynoai.exporter.ve;

import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.ve.factor.InputFile;
import dynoai.exporter.ve.factor.VeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The applications that led to a table, newest first. The base hash of each is the output hash of the one before it, which is
 * in the same metadata, in the metadata of another given file, or in the metadata of the base file.
 */
public final class VeHistory {
    private VeHistory() {}

    /**
     * @param file the given table or metadata
     * @param tableSha hash of the table at the end of the chain
     * @param steps newest first
     */
    public record Chain(Path file, String tableSha, List<Step> steps) {
        /** Returns the hash of the table at the start of the known history. */
        public String originSha() {
            return steps.isEmpty()
                    ? tableSha
                    : steps.get(steps.size() - 1).application().baseSha();
        }
    }

    /** @param metadataFile the file with the application */
    public record Step(Path metadataFile, ApplyMetadata application) {}

    /** @param files tables, with their metadata next to them, or metadata files */
    public static List<Chain> of(List<Path> files) throws VeException, IOException {
        Set<MetadataFile> known = new LinkedHashSet<>();
        for (Path file : files) {
            if (isMetadata(file)) {
                known.add(MetadataFile.read(file));
            } else if (Files.exists(MetadataFile.nextTo(file))) {
                known.add(MetadataFile.read(MetadataFile.nextTo(file)));
            }
        }
        List<Chain> chains = new ArrayList<>();
        for (Path file : files) {
            chains.add(chain(file, new ArrayList<>(known)));
        }
        return chains;
    }

    private static Chain chain(Path file, List<MetadataFile> known) throws VeException, IOException {
        String tableSha;
        if (isMetadata(file)) {
            String made = MetadataFile.read(file).applications().get(0).outputSha();
            tableSha = made == null ? "" : made;
        } else {
            tableSha = InputFile.table("table", file).sha();
        }
        List<Step> steps = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String sha = tableSha;
        while (seen.add(sha)) {
            Step step = findByOutput(sha, known);
            if (step == null) {
                break;
            }
            steps.add(step);
            addMetadataOfBase(step, known);
            sha = step.application().baseSha();
        }
        return new Chain(file, tableSha, List.copyOf(steps));
    }

    private static @Nullable Step findByOutput(String sha, List<MetadataFile> known) {
        for (MetadataFile metadata : known) {
            ApplyMetadata application = metadata.findByOutput(sha);
            if (application != null) {
                return new Step(metadata.path(), application);
            }
        }
        return null;
    }

    /** The known history ends at a base outside the folders that metadata may name. */
    private static void addMetadataOfBase(Step step, List<MetadataFile> known) throws VeException, IOException {
        String base = step.application().baseFile();
        if (base == null) {
            return;
        }
        Path metadata;
        try {
            metadata = MetadataFile.nextTo(new MetadataPaths(step.metadataFile())
                    .resolve("base_file", base, step.application().folder()));
        } catch (VeException ignored) {
            return; // The base is outside these folders.
        }
        if (Files.isRegularFile(metadata)
                && known.stream().noneMatch(file -> file.path().equals(metadata))) {
            known.add(MetadataFile.read(metadata));
        }
    }

    private static boolean isMetadata(Path file) {
        return file.toString().endsWith(".json");
    }
}
