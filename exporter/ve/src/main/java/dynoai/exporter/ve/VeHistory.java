package dynoai.exporter.ve;

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
 * The applications that led to a table, newest first. Each one's base hash is the output hash of the one before it, whether
 * that stands in the same metadata, in that of another file given, or in that of the base the metadata names.
 */
public final class VeHistory {
    private VeHistory() {}

    /**
     * @param file the table, or the metadata, as given
     * @param tableSha hash of the table at the end of the chain
     * @param steps newest first
     */
    public record Chain(Path file, String tableSha, List<Step> steps) {
        /** Hash of the table where the known history begins. */
        public String originSha() {
            return steps.isEmpty()
                    ? tableSha
                    : steps.get(steps.size() - 1).application().baseSha();
        }
    }

    /** @param metadataFile where the application is recorded */
    public record Step(Path metadataFile, ApplyMetadata application) {}

    /** @param files tables (their metadata is looked for beside them) or metadata files */
    public static List<Chain> of(List<Path> files) throws VeException, IOException {
        Set<MetadataFile> known = new LinkedHashSet<>();
        for (Path file : files) {
            if (isMetadata(file)) {
                known.add(MetadataFile.read(file));
            } else if (Files.exists(MetadataFile.besides(file))) {
                known.add(MetadataFile.read(MetadataFile.besides(file)));
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
            Step step = thatMade(sha, known);
            if (step == null) {
                break;
            }
            steps.add(step);
            addMetadataOfBase(step, known);
            sha = step.application().baseSha();
        }
        return new Chain(file, tableSha, List.copyOf(steps));
    }

    private static @Nullable Step thatMade(String sha, List<MetadataFile> known) {
        for (MetadataFile metadata : known) {
            ApplyMetadata application = metadata.thatMade(sha);
            if (application != null) {
                return new Step(metadata.path(), application);
            }
        }
        return null;
    }

    /** A base outside the folders metadata may name is where the known history ends. */
    private static void addMetadataOfBase(Step step, List<MetadataFile> known) throws VeException, IOException {
        String base = step.application().baseFile();
        if (base == null) {
            return;
        }
        Path metadata;
        try {
            metadata = MetadataFile.besides(new MetadataPaths(step.metadataFile()).resolve("base_file", base));
        } catch (VeException escape) {
            return;
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
