package dynoai.engine.retention;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.ingest.folder.claim.InFlightClaims;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.ContentPath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes one thing after another, next to a running pipeline. A folder is renamed to a hidden name, checked again under that
 * name, and deleted with its manifest first: a hidden folder with a manifest was not yet decided about.
 */
final class Remover {
    /** Prefix of what is being removed. */
    static final String HIDDEN = ".removing-";

    /** The folder for the removal of archived logs, in the ingest's own folder of the drop folder. */
    static final String REMOVING = "removing";

    private final RetentionFolders folders;
    private final RetentionEvents events;
    private final InstantSource clock;
    private final References references = new References();
    private @Nullable Set<String> logsInFlight;

    Remover(RetentionFolders folders, RetentionEvents events, InstantSource clock) {
        this.folders = folders;
        this.events = events;
        this.clock = clock;
    }

    /** Thrown when a removal cannot be recorded. */
    static final class UnrecordedException extends IOException {
        private static final long serialVersionUID = 1L;

        UnrecordedException(IOException cause) {
            super("a removal cannot be recorded, so nothing more is removed: " + cause.getMessage(), cause);
        }
    }

    /** Returns why the item stays; null if it was removed. */
    @Nullable
    Guard remove(Item item, Removal removal) throws IOException {
        try {
            return switch (item.kind()) {
                case RUNS, MAPS -> removeRun(item, removal);
                case DONE -> removeDone(item, removal);
                case REJECTED, DUPLICATES -> removeFolder(item, removal);
                case LOGS -> removeLog(item, removal);
            };
        } catch (NoSuchFileException ignored) {
            return Guard.CHANGED; // Another program moved or removed it.
        }
    }

    /** Decides about something that was renamed. Returns why it stays; null if it may go. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Guard of(Path hidden) throws IOException;
    }

    private @Nullable Guard removeRun(Item item, Removal removal) throws IOException {
        Path folder = item.path();
        Path hidden = folder.resolveSibling(HIDDEN + folder.getFileName());
        @Nullable Guard guard = isInFlight(item.id()) ? Guard.IN_FLIGHT : hide(removal, hidden, at -> guard(item, at));
        if (guard == null) {
            deleteRun(hidden);
        }
        return guard;
    }

    /** Renames what goes, checks it and records the removal. It gets its name back if that fails. */
    private @Nullable Guard hide(Removal removal, Path hidden, Check check) throws IOException {
        Path path = removal.path();
        Files.move(path, hidden, StandardCopyOption.ATOMIC_MOVE);
        CrashPoint.RETENTION_AFTER_RENAME.reached();
        boolean decided = false;
        try {
            @Nullable Guard guard = check.of(hidden);
            if (guard == null) {
                record(removal);
                decided = true;
            }
            return guard;
        } finally {
            if (!decided) {
                putBack(hidden, path);
            }
        }
    }

    /** Gives something its name back, unless the pipeline made the same meanwhile. */
    static void putBack(Path hidden, Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            RunFolder.discard(hidden);
        } else {
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private @Nullable Guard guard(Item item, Path hidden) throws IOException {
        @Nullable Manifest manifest = unchanged(item, hidden);
        if (manifest == null) {
            return Guard.CHANGED;
        }
        if (references.include(item)) {
            return Guard.REFERENCED; // Since the plan.
        }
        if (RunContent.holdsOthers(hidden, manifest)) {
            return Guard.OTHER_FILES;
        }
        touchLogs(manifest);
        return null;
    }

    /** Returns the manifest of a hidden run folder; null if it is not the one that was examined. */
    private static @Nullable Manifest unchanged(Item item, Path hidden) throws IOException {
        Path file = RunFolderLayout.manifestIn(hidden);
        long changed =
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        try {
            return changed == item.changedMillis() ? ManifestReader.read(file) : null;
        } catch (InvalidRunFolderException ignored) {
            return null; // It was changed by hand since.
        }
    }

    /** The days of a log in the store are counted from the removal of its latest run. */
    private void touchLogs(Manifest manifest) throws IOException {
        for (String sha256 : Uses.of(manifest)) {
            if (Item.shortHash(sha256) != 0) {
                Path log = ContentPath.of(folders.store(), sha256);
                if (Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setLastModifiedTime(log, FileTime.from(clock.instant()));
                }
            }
        }
    }

    static void deleteRun(Path hidden) throws IOException {
        Files.deleteIfExists(RunFolderLayout.manifestIn(hidden));
        CrashPoint.RETENTION_MID_DELETE.reached();
        RunFolder.discard(hidden);
    }

    /** The record of the claim stays while the log is in the store, so that the run can be replayed. It is deleted last. */
    private @Nullable Guard removeDone(Item item, Removal removal) throws IOException {
        if (isInFlight(item.id())) {
            return Guard.IN_FLIGHT;
        }
        record(removal);
        for (String name : item.names()) {
            Path file = item.folder().resolve(name);
            boolean isRecord = name.endsWith(ArchiveFolders.CLAIM_SUFFIX);
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !(isRecord && isStored(folders.store(), item))) {
                Files.deleteIfExists(file);
            }
        }
        deleteIfEmpty(item.folder());
        return null;
    }

    private @Nullable Guard removeFolder(Item item, Removal removal) throws IOException {
        Path own = DropRoot.ownFolder(folders.drop().orElseThrow(), REMOVING);
        Path hidden = own.resolve(item.path().getFileName());
        @Nullable Guard guard = isInFlight(item.id()) ? Guard.IN_FLIGHT : hide(removal, hidden, at -> null);
        if (guard == null) {
            RunFolder.discard(hidden);
            deleteIfEmpty(item.folder());
        }
        return guard;
    }

    private @Nullable Guard removeLog(Item item, Removal removal) throws IOException {
        Path hidden = folders.store().resolve(HIDDEN + item.id());
        @Nullable
        Guard guard = logsInFlight().contains(item.id())
                ? Guard.IN_FLIGHT
                : hide(removal, hidden, at -> guardOfLog(item, at));
        if (guard == null) {
            Files.delete(hidden);
        }
        return guard;
    }

    /** An ingest that stores the same bytes again sets the time. */
    private static @Nullable Guard guardOfLog(Item item, Path hidden) throws IOException {
        if (Files.getLastModifiedTime(hidden, LinkOption.NOFOLLOW_LINKS).toMillis() != item.changedMillis()) {
            return Guard.CHANGED;
        }
        return Links.hasOthers(hidden) ? Guard.USED : null;
    }

    private Set<String> logsInFlight() throws IOException {
        Set<String> logs = logsInFlight;
        if (logs == null) {
            logs = new HashSet<>();
            for (Path drop : folders.drops()) {
                logs.addAll(InFlightClaims.of(drop).sha256s());
            }
            logsInFlight = logs;
        }
        return logs;
    }

    private boolean isInFlight(String runId) {
        List<Path> drops = folders.drops();
        return drops.stream()
                .anyMatch(drop -> Files.exists(drop.resolve(DropRoot.WORK).resolve(runId), LinkOption.NOFOLLOW_LINKS));
    }

    private void record(Removal removal) throws UnrecordedException {
        try {
            events.removing(removal);
        } catch (IOException e) {
            throw new UnrecordedException(e);
        }
    }

    /** Whether the store has the log of an archived claim. */
    static boolean isStored(Path store, Item item) {
        return !item.sha256().isEmpty()
                && Files.exists(ContentPath.of(store, item.sha256()), LinkOption.NOFOLLOW_LINKS);
    }

    private static void deleteIfEmpty(Path day) throws IOException {
        try {
            Files.deleteIfExists(day);
        } catch (DirectoryNotEmptyException ignored) {
            // Other logs of that day stay.
        }
    }
}
