package dynoai.engine.retention;

import dynoai.engine.session.SessionMap;
import dynoai.engine.session.SessionMarks;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What refers to runs now: the marks and maps of each shop, read again when they change. */
final class References {
    private final Map<Path, Known> shops = new HashMap<>();

    /** What was read of a shop, and the state of its files before. */
    private record Known(long marksBytes, long mapsChangedMillis, Set<String> marked, Set<String> inMaps) {}

    /** Whether a run, or one of the runs of a map, was applied or has a note, or a run is in a map. */
    boolean include(Item item) throws IOException {
        if (item.kind() == RetentionKind.MAPS) {
            Known shop = of(AtomicFile.folderOf(item.folder()));
            return item.runIds().stream().anyMatch(shop.marked()::contains);
        }
        Known shop = of(item.folder());
        return shop.marked().contains(item.id()) || shop.inMaps().contains(item.id());
    }

    private Known of(Path shop) throws IOException {
        Path maps = shop.resolve(SessionMarks.FOLDER);
        long bytes = SessionMarks.bytes(shop);
        long changed = Files.isDirectory(maps, LinkOption.NOFOLLOW_LINKS)
                ? Files.getLastModifiedTime(maps, LinkOption.NOFOLLOW_LINKS).toMillis()
                : 0;
        Known known = shops.get(shop);
        if (known == null || known.marksBytes() != bytes || known.mapsChangedMillis() != changed) {
            known = new Known(bytes, changed, SessionMarks.of(shop).runs(), runsOfMaps(maps));
            shops.put(shop, known);
        }
        return known;
    }

    private static Set<String> runsOfMaps(Path maps) throws IOException {
        Set<String> runs = new HashSet<>();
        for (Path map : Inventory.entries(maps)) {
            if (map.getFileName().toString().endsWith(SessionMap.SUFFIX)) {
                try {
                    runs.addAll(SessionMap.runsOf(ManifestReader.read(map)));
                } catch (InvalidRunFolderException | NoSuchFileException ignored) {
                    // It is being replaced or removed; then the folder changes again.
                }
            }
        }
        return runs;
    }
}
