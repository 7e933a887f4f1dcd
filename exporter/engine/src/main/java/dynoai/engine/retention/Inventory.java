package dynoai.engine.retention;

import dynoai.engine.session.Place;
import dynoai.engine.session.SessionMap;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.stored.DropLocation;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.ingest.folder.claim.ArchivedLog;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.InFlightClaims;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the folders contain, and what refers to it. Symbolic links are not followed. Takes about 500 bytes for a run. */
final class Inventory {
    private static final Place NOWHERE = new Place("", "", "");
    private static final String STORE_SHELF = "[0-9a-f]{2}";
    private static final String STORE_FILE = "[0-9a-f]{64}";

    private final RetentionFolders folders;
    private final RetentionEvents events;
    private final Map<RetentionKind, List<Item>> items = new EnumMap<>(RetentionKind.class);
    private final Map<Place, Place> places = new HashMap<>();
    private final Set<String> inFlight = new HashSet<>();
    private final Set<String> inFlightLogs = new HashSet<>();
    private final Set<String> marked = new HashSet<>();

    private Inventory(RetentionFolders folders, RetentionEvents events) {
        this.folders = folders;
        this.events = events;
    }

    /** Reads what the rules for some kinds need. The claims come first: a run that ends meanwhile still counts as in flight. */
    static Inventory read(RetentionFolders folders, Set<RetentionKind> kinds, RetentionEvents events)
            throws IOException, InterruptedException {
        Inventory inventory = new Inventory(folders, events);
        inventory.readClaims();
        Set<RetentionKind> needed = EnumSet.copyOf(kinds);
        if (kinds.contains(RetentionKind.LOGS)) {
            needed.add(RetentionKind.RUNS);
        }
        if (needed.contains(RetentionKind.RUNS) || needed.contains(RetentionKind.MAPS)) {
            inventory.readRuns();
        }
        if (folders.drop().isPresent()) {
            Optional<ClaimKey> key = ClaimKey.find(new FolderStore(folders.store()));
            Path drop = folders.drop().get();
            inventory.readArchive(drop, RetentionKind.DONE, DropRoot.DONE, key, needed);
            inventory.readArchive(drop, RetentionKind.REJECTED, DropRoot.REJECTED, key, needed);
            inventory.readArchive(drop, RetentionKind.DUPLICATES, DropRoot.DUPLICATES, key, needed);
        }
        if (needed.contains(RetentionKind.LOGS)) {
            inventory.readStore();
        }
        return inventory;
    }

    List<Item> of(RetentionKind kind) {
        return items.getOrDefault(kind, List.of());
    }

    boolean isInFlight(String runId) {
        return inFlight.contains(runId);
    }

    boolean isLogInFlight(String sha256) {
        return inFlightLogs.contains(sha256);
    }

    /** Whether of an archived log only the record of its claim is left, and a replay needs it. */
    boolean isRecordForReplay(Item item) {
        return item.kind() == RetentionKind.DONE && item.names().size() == 1 && Remover.isStored(folders.store(), item);
    }

    /** Whether a run was applied or has a note. */
    boolean isMarked(String shop, String runId) {
        return marked.contains(shop + '/' + runId);
    }

    private void add(Item item) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        items.computeIfAbsent(item.kind(), kind -> new ArrayList<>()).add(item);
        events.examined(item.kind());
    }

    private void readClaims() throws IOException {
        for (Path drop : folders.drops()) {
            InFlightClaims claims = InFlightClaims.of(drop);
            inFlight.addAll(claims.runIds());
            inFlightLogs.addAll(claims.sha256s());
        }
    }

    private void readRuns() throws IOException, InterruptedException {
        readShop(RunKey.LOCAL_SHOP, folders.runs());
        for (Path entry : entries(folders.runs())) {
            String name = entry.getFileName().toString();
            if (RunId.isValid(name)
                    && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                    && !Files.exists(RunFolderLayout.manifestIn(entry), LinkOption.NOFOLLOW_LINKS)) {
                readShop(name, entry);
            }
        }
    }

    private void readShop(String shop, Path folder) throws IOException, InterruptedException {
        SessionMarks.of(folder).runs().forEach(run -> marked.add(shop + '/' + run));
        for (Path run : entries(folder)) {
            if (!run.getFileName().toString().startsWith(".")) {
                readRun(RetentionKind.RUNS, shop, run);
            }
        }
        for (Path map : entries(folder.resolve(SessionMarks.FOLDER))) {
            if (map.getFileName().toString().endsWith(SessionMap.SUFFIX)) {
                readRun(RetentionKind.MAPS, shop, map);
            }
        }
    }

    private void readRun(RetentionKind kind, String shop, Path folder) throws IOException, InterruptedException {
        Path file = RunFolderLayout.manifestIn(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isSymbolicLink(folder) || Files.isSymbolicLink(file)) {
                events.leftAlone(folder, "is or contains a symbolic link");
            }
            return;
        }
        try {
            long changed =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
            Manifest manifest = ManifestReader.read(file);
            Place place = placeOf(kind, shop, manifest);
            add(new Item(
                    kind,
                    place,
                    place.toString(),
                    folder.getFileName().toString(),
                    created(manifest),
                    changed,
                    manifest.ok(),
                    AtomicFile.folderOf(folder),
                    List.of(folder.getFileName().toString()),
                    Uses.of(manifest).stream().map(Item::shortHash).toList(),
                    SessionMap.runsOf(manifest),
                    ""));
        } catch (InvalidRunFolderException e) {
            events.leftAlone(folder, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException ignored) {
            // It was just removed or replaced.
        }
    }

    private Place placeOf(RetentionKind kind, String shop, Manifest manifest) {
        if (kind == RetentionKind.MAPS) {
            return shared(new Place(shop, manifest.text("session", "cell"), manifest.text("session", "bike")));
        }
        DropLocation location = DropLocation.of(manifest.text("input", "path"), shop);
        return shared(new Place(shop, location.cell(), location.bike()));
    }

    private Place shared(Place place) {
        return places.computeIfAbsent(place, same -> same);
    }

    private static long created(Manifest manifest) {
        try {
            return Instant.parse(manifest.text("created_at")).toEpochMilli();
        } catch (DateTimeParseException ignored) {
            return 0; // The manifest was changed by hand.
        }
    }

    private void readArchive(
            Path drop, RetentionKind kind, String folder, Optional<ClaimKey> key, Set<RetentionKind> needed)
            throws IOException, InterruptedException {
        if (!needed.contains(kind)) {
            return;
        }
        List<Item> found = new ArrayList<>();
        ArchivedLog.visit(drop, folder, key, new ArchivedLog.Visitor() {
            @Override
            public void visit(ArchivedLog log) {
                found.add(archived(kind, log));
            }

            @Override
            public void unreadable(Path claim) {
                events.leftAlone(claim, "is not a claim");
            }
        });
        for (Item item : found) {
            add(item);
        }
    }

    private Item archived(RetentionKind kind, ArchivedLog log) {
        Claim claim = log.claim();
        Place place = shared(new Place(claim.shop(), claim.cell(), claim.bike()));
        return new Item(
                kind,
                place,
                (log.signed() ? "" : "unsigned ") + place,
                claim.runId(),
                claim.claimedAt().toEpochMilli(),
                0,
                true,
                log.day(),
                log.files(),
                List.of(),
                List.of(),
                claim.sha256());
    }

    private void readStore() throws IOException, InterruptedException {
        for (Path shelf : entries(folders.store())) {
            if (shelf.getFileName().toString().matches(STORE_SHELF)
                    && Files.isDirectory(shelf, LinkOption.NOFOLLOW_LINKS)) {
                for (Path file : entries(shelf)) {
                    readLog(shelf, file);
                }
            }
        }
    }

    private void readLog(Path shelf, Path file) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile() && name.matches(STORE_FILE)) {
                long used = attributes.lastModifiedTime().toMillis();
                add(new Item(
                        RetentionKind.LOGS,
                        NOWHERE,
                        "",
                        name,
                        used,
                        used,
                        true,
                        shelf,
                        List.of(name),
                        List.of(Item.shortHash(name)),
                        List.of(),
                        ""));
            }
        } catch (NoSuchFileException ignored) {
            // It was just removed.
        }
    }

    /** Returns the entries of a folder, sorted; none if it does not exist or is a link. */
    static List<Path> entries(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(found::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        found.sort(null);
        return found;
    }
}
