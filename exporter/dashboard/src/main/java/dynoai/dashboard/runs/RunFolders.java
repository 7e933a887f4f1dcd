package dynoai.dashboard.runs;

import dynoai.dashboard.board.Notice;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.RunLine;
import dynoai.engine.stored.DropLocation;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the folders of runs and of rejected logs, the source of truth for everything that ended. A run folder never changes,
 * so each is read once.
 */
public final class RunFolders {
    private static final String REASON = "reason.json";
    private static final int MAX_REASON_BYTES = 4 << 20;

    private final Path runs;
    private final @Nullable Path drop;
    private final Map<String, Seen> read = new HashMap<>();

    /** A folder that was read: the key of its line, and the time of its last change. */
    private record Seen(String key, FileTime changed) {}

    /** @param drop the drop folder, for rejected logs; null if not available */
    public RunFolders(Path runs, @Nullable Path drop) {
        this.runs = runs;
        this.drop = drop;
    }

    /** Updates a board, newest runs first. An unreadable folder is read again with the next update. */
    public synchronized void update(RunBoard board) throws IOException {
        Set<String> found = new HashSet<>();
        for (Path folder : folders(runs)) {
            String name = folder.getFileName().toString();
            if (Files.exists(RunFolderLayout.manifestIn(folder))) {
                found.add(RunKey.LOCAL_SHOP + '/' + name);
                readRun(board, RunKey.LOCAL_SHOP, folder);
            } else if (RunId.isValid(name)) {
                for (Path run : folders(folder)) {
                    found.add(name + '/' + run.getFileName());
                    readRun(board, name, run);
                }
            }
        }
        rejected(board, found);
        for (Map.Entry<String, Seen> each : List.copyOf(read.entrySet())) {
            if (!found.contains(each.getKey())) {
                read.remove(each.getKey());
                board.remove(each.getValue().key());
            }
        }
    }

    /** Updates the line of one run. */
    public synchronized void update(RunBoard board, RunKey run) throws IOException {
        try {
            Path folder = folder(run.shop(), run.runId());
            if (Files.exists(RunFolderLayout.manifestIn(folder))) {
                readRun(board, run.shop(), folder);
            }
        } catch (UnsafePathException ignored) {
            // A result with this name has no run folder.
        }
    }

    /** Returns the folder of all runs. */
    public Path all() {
        return runs;
    }

    /** Returns the folder of a run, which may not exist. */
    public Path folder(String shop, String runId) throws UnsafePathException, IOException {
        return SafePath.ofId(shop.equals(RunKey.LOCAL_SHOP) ? runs : SafePath.ofId(runs, shop), runId);
    }

    private void readRun(RunBoard board, String shop, Path folder) throws IOException {
        String runId = folder.getFileName().toString();
        String key = shop + '/' + runId;
        try {
            FileTime changed = Files.getLastModifiedTime(folder);
            Seen now = new Seen(key, changed);
            if (RunId.isValid(runId) && !now.equals(read.get(key))) {
                Optional<Manifest> manifest = ManifestReader.find(folder);
                if (manifest.isPresent()) {
                    board.put(RunFolderLine.of(shop, folder, manifest.get()));
                }
                read.put(key, now);
            }
        } catch (NoSuchFileException ignored) {
            read.remove(key); // The folder was just moved.
        }
    }

    private void rejected(RunBoard board, Set<String> found) throws IOException {
        if (drop == null) {
            return;
        }
        for (String kind : List.of(DropRoot.REJECTED, DropRoot.DUPLICATES)) {
            for (Path day : folders(drop.resolve(kind), LinkOption.NOFOLLOW_LINKS)) {
                for (Path log : folders(day, LinkOption.NOFOLLOW_LINKS)) {
                    readReason(board, log, found);
                }
            }
        }
    }

    private void readReason(RunBoard board, Path log, Set<String> found) {
        String key = log.toString();
        found.add(key);
        Path file = log.resolve(REASON);
        if (read.containsKey(key)) {
            return;
        }
        JsonTree reason;
        FileTime written;
        try {
            reason = new JsonTree(Json.read(SmallFile.read(file, MAX_REASON_BYTES, LinkOption.NOFOLLOW_LINKS)));
            written = Files.getLastModifiedTime(file);
        } catch (IOException ignored) {
            return; // Others may write into the drop folder: what is not a reason must not hide the other logs.
        }
        String dropped = reason.at("file").text();
        DropLocation location = DropLocation.of(dropped, RunKey.LOCAL_SHOP);
        Notice notice = new Notice(
                reason.at("code").text(),
                reason.at("line").whole(),
                reason.at("column").text(),
                reason.at("message").text(),
                reason.at("hint").text(),
                reason.at("duplicate_of").text());
        RunLine line = RunLine.rejected(
                location.shop(),
                location.cell(),
                reason.at("run_id").text(),
                dropped,
                reason.at("sha256").text(),
                written.toMillis(),
                notice);
        board.put(line);
        read.put(key, new Seen(line.key(), written));
    }

    /** Returns the archived log of a rejected or duplicate run; empty if it does not exist. */
    public Optional<Path> rejectedLog(String runId) throws IOException {
        if (drop == null || !RunId.isValid(runId)) {
            return Optional.empty();
        }
        for (String kind : List.of(DropRoot.REJECTED, DropRoot.DUPLICATES)) {
            for (Path day : folders(drop.resolve(kind), LinkOption.NOFOLLOW_LINKS)) {
                for (Path folder : folders(day, LinkOption.NOFOLLOW_LINKS)) {
                    String name = folder.getFileName().toString();
                    if (name.equals(runId) || name.startsWith(runId + "-")) {
                        return logIn(folder);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Its name is in the claim next to it, which any dropper may have written, so it must be a plain name. */
    private static Optional<Path> logIn(Path folder) throws IOException {
        Optional<Claim> claim = ClaimKey.readUnverified(folder.resolve(Claims.FILE));
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        Path log = folder.resolve(claim.get().name());
        boolean inside = folder.equals(log.normalize().getParent());
        return inside && Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS) ? Optional.of(log) : Optional.empty();
    }

    private static List<Path> folders(Path parent, LinkOption... links) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent, links)) {
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(parent, child -> Files.isDirectory(child, links))) {
                for (Path folder : found) {
                    if (!folder.getFileName().toString().startsWith(".")) {
                        folders.add(folder);
                    }
                }
            } catch (NoSuchFileException ignored) {
                return List.of(); // The folder was just removed.
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        folders.sort(Comparator.comparing((Path folder) -> folder.getFileName().toString())
                .reversed());
        return folders;
    }
}
