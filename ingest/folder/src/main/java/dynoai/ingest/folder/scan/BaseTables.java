package dynoai.ingest.folder.scan;

import dynoai.schemas.file.FileStamp;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The files that options name as base tables, because they look like logs. An option file is read again only when it has
 * changed, so that unchanged ones cost a scan nothing but their attributes.
 */
public final class BaseTables {
    private static final int MAX_PATH_CHARACTERS = 4096;

    private record Names(FileStamp stamp, Set<Path> tables) {}

    private final Path root;
    private Map<Path, Names> before = new HashMap<>();
    private Map<Path, Names> now = new HashMap<>();

    /** @param root with symlinks resolved */
    public BaseTables(Path root) {
        this.root = root;
    }

    /** Begins a new scan: forgets option files that the previous one did not find. */
    void begin() {
        before = now;
        now = new HashMap<>();
    }

    /** Returns the files that an option file names; none when it cannot be read, since its logs are rejected later. */
    Set<Path> namedIn(Path optionFile) {
        try {
            FileStamp stamp = FileStamp.of(optionFile);
            Names names = before.get(optionFile);
            if (names == null || !names.stamp().equals(stamp)) {
                names = new Names(stamp, read(optionFile));
            }
            now.put(optionFile, names);
            return names.tables();
        } catch (IOException ignored) {
            // It vanished since the folder was listed.
            return Set.of();
        }
    }

    private Set<Path> read(Path optionFile) {
        Set<Path> named = new HashSet<>();
        try {
            Map<?, ?> content = OptionFiles.read(root, optionFile);
            for (Option base : OptionFiles.TABLES) {
                Object given = content.get(base.key());
                if (given != null && given.toString().length() <= MAX_PATH_CHARACTERS) {
                    named.add(optionFile.resolveSibling(given.toString()).normalize());
                }
            }
        } catch (IOException | RuntimeException ignored) {
            // An invalid path, or options that are not valid: claiming a log with them rejects it.
            return named;
        }
        return named;
    }
}
