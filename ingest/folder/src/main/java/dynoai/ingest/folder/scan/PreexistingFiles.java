package dynoai.ingest.folder.scan;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The logs that were in the drop folder before the first start. They are left alone unless the operator asks for them. */
public final class PreexistingFiles {
    public static final String WHY = "it was there before the first start; start with --take-existing to take it";

    private static final String FILE = "existing.yaml";
    private static final int MAX_BYTES = 16 << 20;

    private final Path root;
    private final Map<String, String> files = new LinkedHashMap<>();

    private PreexistingFiles(Path root) {
        this.root = root;
    }

    /** Loads the record, and makes it if there is no readable one: then everything that is there now is preexisting. */
    public static PreexistingFiles of(DropRoot root, DropLayout layout, boolean takeExisting) throws IOException {
        Path file = root.own(FILE);
        if (takeExisting) {
            AtomicFile.write(file, Yaml.write(Map.of()));
            return new PreexistingFiles(root.path());
        }
        Optional<PreexistingFiles> recorded = read(root.path());
        if (recorded.isPresent()) {
            return recorded.get();
        }
        PreexistingFiles preexisting = new PreexistingFiles(root.path());
        for (FolderScan.Found found : FolderScan.of(root.path(), layout).found()) {
            preexisting.files.put(preexisting.name(found), state(found));
        }
        AtomicFile.write(file, Yaml.write(new LinkedHashMap<>(preexisting.files)));
        return preexisting;
    }

    /** Whether an ingest of this folder has started once: what is dropped from then on is taken. */
    public static boolean areRecorded(Path root) {
        return Files.isRegularFile(root.resolve(DropRoot.OWN).resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    }

    /** Loads the files found at the first start of an ingest of this folder; none before that. */
    public static PreexistingFiles recorded(Path root) {
        return read(root).orElseGet(() -> new PreexistingFiles(root));
    }

    private static Optional<PreexistingFiles> read(Path root) {
        Path file = root.resolve(DropRoot.OWN).resolve(FILE);
        try {
            PreexistingFiles preexisting = new PreexistingFiles(root);
            Yaml.readMapping(file, SmallFile.read(file, MAX_BYTES, LinkOption.NOFOLLOW_LINKS))
                    .forEach((name, state) -> preexisting.files.put(name, String.valueOf(state)));
            return Optional.of(preexisting);
        } catch (IOException ignored) {
            // It does not exist yet, or another program wrote it.
            return Optional.empty();
        }
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
