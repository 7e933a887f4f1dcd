package dynoai.ingest.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The logs that lay in the drop folder before its first start: nobody asked to have them analysed. */
final class PreexistingFiles {
    static final String WHY = "it was there before the first start; start with --take-existing to take it";

    private static final String FILE = "existing.yaml";

    private final Path root;
    private final Map<String, String> files = new LinkedHashMap<>();

    private PreexistingFiles(Path root) {
        this.root = root;
    }

    static PreexistingFiles of(DropRoot root, boolean takeExisting) throws IOException {
        Path file = root.own(FILE);
        if (takeExisting) {
            DurableFiles.writeYaml(file, Map.of());
        } else if (!Files.exists(file)) {
            PreexistingFiles left = new PreexistingFiles(root.path());
            for (FolderScan.Found found : FolderScan.of(root.path()).found()) {
                left.files.put(left.name(found), state(found));
            }
            DurableFiles.writeYaml(file, new LinkedHashMap<>(left.files));
            return left;
        }
        return recorded(root.path());
    }

    /** What an ingest of this folder found at its first start; nothing before that. */
    static PreexistingFiles recorded(Path root) throws IOException {
        PreexistingFiles left = new PreexistingFiles(root);
        Path file = root.resolve(DropRoot.OWN).resolve(FILE);
        if (Files.exists(file)) {
            DurableFiles.readYaml(file).forEach((name, state) -> left.files.put(name.toString(), state.toString()));
        }
        return left;
    }

    /** Whether a file is one of them and has not been touched since. */
    boolean holds(FolderScan.Found found) {
        return !files.isEmpty() && state(found).equals(files.get(name(found)));
    }

    private String name(FolderScan.Found found) {
        return root.relativize(found.path()).toString();
    }

    private static String state(FolderScan.Found found) {
        return found.attributes().size() + " bytes of " + found.attributes().lastModifiedTime();
    }
}
