package dynoai.dashboard.runs;

import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.dashboard.board.RunBoard;
import dynoai.engine.stored.DropLocation;
import dynoai.ingest.folder.DropReport;
import dynoai.schemas.log.LogName;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The files of a drop folder that the ingest leaves alone, with the reason, as lines of the board. */
public final class LeftFiles {
    /** How logs are to be placed and named. */
    public static final String RULE =
            "Put logs into the drop folder itself, into SHOP, SHOP/CELL or SHOP/CELL/BIKE, where each"
                    + " name is 1 to 64 of A-Z a-z 0-9 . _ - and begins with no dot. A log is named " + LogName.ACCEPTED
                    + ".";

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** As in the ingest: reading the folder takes at most a fifth of the time. */
    private static final int PAUSE_PER_SCAN = 4;

    public static final int MAX_LINES = 500;

    private final @Nullable Path drop;
    private final InstantSource clock;
    private final Map<String, Long> firstSeen = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private long nextScan;
    private boolean scanned;

    /** @param drop the drop folder; null if not available */
    public LeftFiles(@Nullable Path drop, InstantSource clock) {
        this.drop = drop;
        this.clock = clock;
    }

    /** @param now the time, as of {@link System#nanoTime} */
    public void update(RunBoard board, long now) throws IOException {
        if (drop == null || scanned && now - nextScan < 0) {
            return;
        }
        List<DropReport.Entry> left;
        try {
            left = DropReport.unclaimed(drop).stream()
                    .filter(entry -> entry.state() == DropReport.State.LEFT_ALONE && !entry.isExpected())
                    .limit(MAX_LINES)
                    .toList();
        } catch (NoSuchFileException ignored) {
            left = List.of(); // No node has made the folder.
        }
        Map<String, RunLine> lines = new HashMap<>();
        for (DropReport.Entry entry : left) {
            long seen = firstSeen.computeIfAbsent(entry.file(), file -> clock.millis());
            RunLine line = line(entry.file(), entry.detail(), seen);
            lines.put(line.key(), line);
        }
        firstSeen.keySet().retainAll(left.stream().map(DropReport.Entry::file).toList());
        shown.stream().filter(key -> !lines.containsKey(key)).toList().forEach(key -> remove(board, key));
        lines.values().forEach(board::put);
        shown.addAll(lines.keySet());
        nextScan = now + Math.max(INTERVAL_NANOS, PAUSE_PER_SCAN * (System.nanoTime() - now));
        scanned = true;
    }

    private void remove(RunBoard board, String key) {
        shown.remove(key);
        board.removeIfLeft(key);
    }

    /**
     * @param file its path in the drop folder
     * @param seenMillis when it was seen first
     */
    public static RunLine line(String file, String why, long seenMillis) {
        DropLocation location = DropLocation.of(file, RunKey.LOCAL_SHOP);
        return new RunLine(
                location.shop(),
                location.cell(),
                file,
                file,
                "",
                RunState.LEFT,
                seenMillis,
                0,
                Findings.NONE,
                new Notice("", 0, "", why, RULE, ""));
    }
}
