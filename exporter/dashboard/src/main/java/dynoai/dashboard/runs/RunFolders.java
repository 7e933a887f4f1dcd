package dynoai.dashboard.runs;

import dynoai.dashboard.board.Findings;
import dynoai.dashboard.board.Notice;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folders of runs and of rejected logs. They are the truth: a board that was filled from them alone, with no pipeline
 * running, shows everything that ever ended. A run folder never changes, so each is read once.
 */
public final class RunFolders {
    static final String MANIFEST = "manifest.json";
    static final String DIAGNOSTICS = "Anomaly_Hypotheses.json";

    private static final String REASON = "reason.json";

    private final Path runs;
    private final @Nullable Path drop;
    private final Map<String, Seen> read = new HashMap<>();

    /** What a folder held when it was read. */
    private record Seen(String key, FileTime changed) {}

    /** @param drop the drop folder, for rejected logs; null when there is none here */
    public RunFolders(Path runs, @Nullable Path drop) {
        this.runs = runs;
        this.drop = drop;
    }

    /** Brings a board up to date, newest runs first. What cannot be read now is tried again the next time. */
    public synchronized void update(RunBoard board) throws IOException {
        Set<String> there = new HashSet<>();
        for (Path folder : folders(runs)) {
            String name = folder.getFileName().toString();
            if (Files.exists(folder.resolve(MANIFEST))) {
                there.add(RunKey.LOCAL_SHOP + '/' + name);
                readRun(board, RunKey.LOCAL_SHOP, folder);
            } else if (RunId.isValid(name)) {
                for (Path run : folders(folder)) {
                    there.add(name + '/' + run.getFileName());
                    readRun(board, name, run);
                }
            }
        }
        rejected(board, there);
        for (Map.Entry<String, Seen> each : List.copyOf(read.entrySet())) {
            if (!there.contains(each.getKey())) {
                read.remove(each.getKey());
                board.remove(each.getValue().key());
            }
        }
    }

    /** The folder of a run, whether or not anything is in it. */
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
                board.put(ManifestLine.of(shop, folder));
                read.put(key, now);
            }
        } catch (NoSuchFileException movedMeanwhile) {
            read.remove(key);
        }
    }

    private void rejected(RunBoard board, Set<String> there) throws IOException {
        if (drop == null) {
            return;
        }
        for (String kind : List.of("rejected", "duplicates")) {
            for (Path day : folders(drop.resolve(kind))) {
                for (Path log : folders(day)) {
                    readReason(board, log, there);
                }
            }
        }
    }

    private void readReason(RunBoard board, Path log, Set<String> there) throws IOException {
        String place = log.toString();
        there.add(place);
        Path file = log.resolve(REASON);
        if (read.containsKey(place) || !Files.exists(file)) {
            return;
        }
        Tree reason = Tree.read(file);
        FileTime written = Files.getLastModifiedTime(file);
        String dropped = reason.at("file").text();
        DropLocation of = DropLocation.of(dropped, RunKey.LOCAL_SHOP);
        String code = reason.at("code").text();
        RunLine line = new RunLine(
                of.shop(),
                of.cell(),
                reason.at("run_id").text(),
                dropped,
                reason.at("sha256").text(),
                FailureCode.ofName(code) == FailureCode.DUPLICATE ? RunState.DUPLICATE : RunState.REJECTED,
                written.toMillis(),
                written.toMillis(),
                Findings.NONE,
                new Notice(
                        code,
                        reason.at("line").whole(),
                        reason.at("column").text(),
                        reason.at("message").text(),
                        reason.at("hint").text()));
        board.put(line);
        read.put(place, new Seen(line.key(), written));
    }

    private static List<Path> folders(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, Files::isDirectory)) {
                for (Path folder : found) {
                    if (!folder.getFileName().toString().startsWith(".")) {
                        folders.add(folder);
                    }
                }
            } catch (NoSuchFileException goneMeanwhile) {
                return List.of();
            } catch (DirectoryIteratorException unreadable) {
                throw unreadable.getCause();
            }
        }
        folders.sort(Comparator.comparing((Path folder) -> folder.getFileName().toString())
                .reversed());
        return folders;
    }
}
