package dynoai.engine.session;

import dynoai.engine.stored.DropLocation;
import dynoai.engine.stored.StoredRuns;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the sessions of bikes. A session of a bike is its runs until a new one is begun: by a mark, or by a run that starts 12
 * hours or more after the one before.
 */
public final class Sessions {
    /** A run that starts so long after the one before begins a new session. */
    public static final Duration SILENCE = Duration.ofHours(12);

    private Sessions() {}

    /** Returns the folder that contains the run folders and marks of a shop. */
    public static Path folderOf(Path runs, String shop) {
        return shop.equals(RunKey.LOCAL_SHOP) ? runs : runs.resolve(shop);
    }

    /** Reads the successful runs below a folder of runs. Folders that are not valid runs are left out. */
    public static List<SessionRun> runsIn(Path runs) throws IOException {
        Path root = runs.toAbsolutePath().normalize();
        List<SessionRun> found = new ArrayList<>();
        for (Path folder : StoredRuns.foldersIn(root)) {
            Path above = AtomicFile.folderOf(folder);
            String shop =
                    above.equals(root) ? RunKey.LOCAL_SHOP : above.getFileName().toString();
            try {
                Manifest manifest = ManifestReader.read(folder);
                if (manifest.ok()) {
                    found.add(SessionRun.of(folder, manifest, shop));
                }
            } catch (InvalidRunFolderException ignored) {
                // It was changed since the run, so nothing rests on it.
            }
        }
        return found;
    }

    /**
     * Reads one run folder, of which the manifest says the bike.
     *
     * @throws InvalidRunFolderException if it is not the folder of a run that ended well
     */
    public static SessionRun read(Path folder) throws IOException {
        Manifest manifest = ManifestReader.read(folder);
        if (!manifest.ok()) {
            throw new InvalidRunFolderException(folder + " is the folder of a run that failed");
        }
        DropLocation location = DropLocation.of(manifest.text("input", "path"), RunKey.LOCAL_SHOP);
        return SessionRun.of(folder.toAbsolutePath().normalize(), manifest, location.shop());
    }

    /** Returns all sessions below a folder of runs: by bike, oldest first. */
    public static List<Session> in(Path runs) throws IOException {
        Map<String, Map<Place, List<SessionRun>>> shops = new TreeMap<>();
        for (SessionRun run : runsIn(runs)) {
            shops.computeIfAbsent(run.place().shop(), shop -> new LinkedHashMap<>())
                    .computeIfAbsent(run.place(), place -> new ArrayList<>())
                    .add(run);
        }
        List<Session> sessions = new ArrayList<>();
        for (Map.Entry<String, Map<Place, List<SessionRun>>> shop : shops.entrySet()) {
            SessionMarks marks = SessionMarks.of(folderOf(runs, shop.getKey()));
            shop.getValue().entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                    .forEach(bike -> sessions.addAll(of(bike.getValue(), marks)));
        }
        return sessions;
    }

    /**
     * Returns the sessions of all bikes among the runs of one shop: those of each bike oldest first.
     *
     * @param marks of the shop
     */
    public static List<Session> split(List<SessionRun> runs, SessionMarks marks) {
        Map<Place, List<SessionRun>> bikes = new HashMap<>();
        runs.forEach(run ->
                bikes.computeIfAbsent(run.place(), place -> new ArrayList<>()).add(run));
        List<Session> sessions = new ArrayList<>();
        bikes.values().forEach(bike -> sessions.addAll(of(bike, marks)));
        return sessions;
    }

    /** Returns the sessions of one bike, oldest first; the last may be without a run. */
    private static List<Session> of(List<SessionRun> ofBike, SessionMarks marks) {
        List<SessionRun> runs = ofBike.stream().sorted(SessionRun.ORDER).toList();
        Place place = runs.get(0).place();
        NavigableSet<Long> beginnings = new TreeSet<>(marks.beginnings(place));
        List<Session> sessions = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= runs.size(); i++) {
            boolean last = i == runs.size();
            if (last || begins(runs.get(i - 1).startedMillis(), runs.get(i).startedMillis(), beginnings)) {
                List<SessionRun> own = runs.subList(first, i);
                Long begun = beginnings.floor(own.get(0).startedMillis());
                boolean byMark = begun != null
                        && (first == 0 || begun > runs.get(first - 1).startedMillis());
                sessions.add(new Session(
                        place,
                        own.get(0).runId(),
                        byMark ? begun : own.get(0).startedMillis(),
                        own,
                        last && beginnings.higher(own.get(own.size() - 1).startedMillis()) == null));
                first = i;
            }
        }
        if (!sessions.get(sessions.size() - 1).current()) {
            sessions.add(new Session(place, "", beginnings.last(), List.of(), true));
        }
        return sessions;
    }

    private static boolean begins(long before, long start, NavigableSet<Long> beginnings) {
        Long mark = beginnings.higher(before);
        return start - before >= SILENCE.toMillis() || mark != null && mark <= start;
    }
}
