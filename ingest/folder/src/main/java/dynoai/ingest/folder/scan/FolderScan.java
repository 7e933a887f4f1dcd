package dynoai.ingest.folder.scan;

import dynoai.schemas.log.LogName;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One scan of the drop folder: finds the logs in the folders of its {@link DropLayout}, and says why everything else is left alone. */
public final class FolderScan {
    public static final String DONE_MARK = ".done";

    /** The cell of logs that are directly in the folder of a shop. */
    public static final String DEFAULT_CELL = "default";

    /** Why a file that options name is not taken for a log. */
    public static final String BASE_TABLE = "a base table";

    private static final Set<String> UNFINISHED =
            Set.of(".part", ".tmp", ".temp", ".partial", ".crdownload", ".filepart");

    /**
     * A file that has the name and place of a log.
     *
     * @param bike empty if the log is not in the folder of a bike
     */
    public record Found(
            Path path, String shop, String cell, String bike, BasicFileAttributes attributes, boolean markedDone) {}

    private final List<Found> found = new ArrayList<>();
    private final Set<Path> folders = new HashSet<>();
    private final Map<Path, String> leftAlone = new LinkedHashMap<>();
    private final Set<Object> unfinished = new HashSet<>();

    private final DropLayout layout;
    private final BaseTables baseTables;

    private FolderScan(DropLayout layout, BaseTables baseTables) {
        this.layout = layout;
        this.baseTables = baseTables;
    }

    /** @param root with symlinks resolved */
    public static FolderScan of(Path root, DropLayout layout) throws IOException {
        return of(root, layout, new BaseTables(root));
    }

    /** @param baseTables remembers the option files of earlier scans */
    public static FolderScan of(Path root, DropLayout layout, BaseTables baseTables) throws IOException {
        FolderScan scan = new FolderScan(layout, baseTables);
        baseTables.begin();
        scan.folder(root, DropLayout.Place.ROOT, 0);
        return scan;
    }

    public List<Found> found() {
        return found;
    }

    /** The folders where a log may be dropped, with the root. */
    public Set<Path> folders() {
        return folders;
    }

    /** Paths that are not logs to claim, with the reason. */
    public Map<Path, String> leftAlone() {
        return leftAlone;
    }

    /** Keys of files with an unfinished name: one that gets a log's name later was renamed and is complete. */
    public Set<Object> unfinished() {
        return unfinished;
    }

    private void folder(Path folder, DropLayout.Place place, int depth) throws IOException {
        List<Path> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                files.add(entry);
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException | NotDirectoryException ignored) {
            // The folder vanished since its parent was listed.
            return;
        } catch (IOException | DirectoryIteratorException e) {
            if (depth == 0) {
                throw new IOException("cannot read " + folder, e);
            }
            leftAlone.put(folder, "the folder cannot be read: " + e.getMessage());
            return;
        }
        folders.add(folder);
        files.sort(null);
        Set<Path> tables = new HashSet<>();
        for (Path file : files) {
            if (OptionFiles.isOptions(file.getFileName().toString())) {
                tables.addAll(baseTables.namedIn(file));
            }
        }
        for (Path file : files) {
            try {
                entry(file, place, depth, names, tables);
            } catch (RuntimeException e) {
                leftAlone.put(file, "cannot be examined: " + e);
            }
        }
    }

    private void entry(Path file, DropLayout.Place place, int depth, Set<String> names, Set<Path> tables)
            throws IOException {
        String name = file.getFileName().toString();
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException ignored) {
            // The file vanished since the folder was listed.
            return;
        }
        if (name.startsWith(".") || name.startsWith("~")) {
            remember(attributes);
        } else if (attributes.isDirectory()) {
            subfolder(file, name, place, depth);
        } else if (LogName.isLog(name)) {
            String why = whyNotALog(attributes, tables.contains(file));
            if (why.isEmpty()) {
                found.add(new Found(
                        file, place.shop(), place.cell(), place.bike(), attributes, names.contains(name + DONE_MARK)));
            } else {
                leftAlone.put(file, why);
            }
        } else if (UNFINISHED.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
            remember(attributes);
        } else if (OptionFiles.isOptions(name) && attributes.isOther()) {
            leftAlone.put(file, "not a regular file");
        } else if (!OptionFiles.isOptions(name) && !name.endsWith(DONE_MARK) && !tables.contains(file)) {
            leftAlone.put(file, "not named " + LogName.ACCEPTED);
        }
    }

    private static String whyNotALog(BasicFileAttributes attributes, boolean baseTable) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link; drop the file itself";
        }
        if (!attributes.isRegularFile()) {
            return "not a regular file";
        }
        if (attributes.size() == 0) {
            return "empty so far";
        }
        return baseTable ? BASE_TABLE : "";
    }

    private void subfolder(Path folder, String name, DropLayout.Place place, int depth) throws IOException {
        if (depth == 0 && DropRoot.isReserved(name)) {
            return;
        }
        if (depth == layout.levels().size()) {
            leftAlone.put(folder, "deeper than " + layout.deepest());
        } else if (LogName.isLog(name)) {
            leftAlone.put(folder, "a folder with the name of a log");
        } else if (!RunId.isValid(name)) {
            leftAlone.put(
                    folder,
                    "its name is not a valid " + layout.levels().get(depth).word()
                            + " id: 1 to 64 of A-Z a-z 0-9 . _ -, not beginning with a dot");
        } else {
            folder(folder, place.folder(layout.levels().get(depth), name), depth + 1);
        }
    }

    private void remember(BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && attributes.fileKey() != null) {
            unfinished.add(attributes.fileKey());
        }
    }
}
