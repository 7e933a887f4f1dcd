package dynoai.ingest.folder.scan;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The logs that were in the drop folder before the first start. They are left alone unless the operator asks for them. */
public final class PreexistingFiles {
    public static final String WHY = "it was there before the first start; start with --take-existing to take it";

    private static final String FILE = "existing.yaml";

    private final Path root;
    private final Map<String, String> files = new LinkedHashMap<>();

    private PreexistingFiles(Path root) {
        this.root = root;
    }

    public static PreexistingFiles of(DropRoot root, boolean takeExisting) throws IOException {
        Path file = root.own(FILE);
        if (takeExisting) {
            AtomicFile.write(file, Yaml.write(Map.of()));
        } else if (!Files.exists(file)) {
            PreexistingFiles preexisting = new PreexistingFiles(root.path());
            for (FolderScan.Found found : FolderScan.of(root.path()).found()) {
                preexisting.files.put(preexisting.name(found), state(found));
            }
            AtomicFile.write(file, Yaml.write(new LinkedHashMap<>(preexisting.files)));
            return preexisting;
        }
        return recorded(root.path());
    }

    /** Loads the files found at the first start of an ingest of this folder; none before that. */
    public static PreexistingFiles recorded(Path root) throws IOException {
        PreexistingFiles preexisting = new PreexistingFiles(root);
        Path file = root.resolve(DropRoot.OWN).resolve(FILE);
        if (Files.exists(file)) {
            Yaml.readMapping(file).forEach((name, state) -> preexisting.files.put(name.toString(), state.toString()));
        }
        return preexisting;
    }

    /** Whether a file is one of them and unchanged since. */
    public boolean holds(FolderScan.Found found) {
        return !files.isEmpty() && state(found).equals(files.get(name(found)));
    }

    private String name(FolderScan.Found found) {
        return root.relativize(found.path()).toString();
    }

    private static String state(FolderScan.Found found) {
        return found.attributes().size() + " bytes of " + found.attributes().lastModifiedTime();
    }
}
