package dynoai.catalogue;

import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * All ended runs and rejected logs in a database. Several sources may report the same run in any order, see {@link
 * RunLine#mergedWith}. It is a read model: nothing that makes runs depends on it, and its content can be made again from the run folders.
 */
public final class Catalogue implements AutoCloseable {
    /** Further entries are written in a transaction of their own. */
    private static final int MAX_BATCH = 1_000;

    private final CatalogueAddress address;
    private volatile @Nullable Database open;
    private volatile String closedWhy = "it is not open yet";
    private volatile long knownGeneration;
    private volatile int reopened;

    /** The number of runs of a shop by state and by cell. */
    public record Shop(Map<RunState, Integer> states, Map<String, Integer> cells) {}

    /**
     * How many runs match.
     *
     * @param exact whether no more than that match
     */
    public record Total(long runs, boolean exact) {}

    /** A partition of a topic. The id of a topic that was made again is another one. */
    public record TopicPosition(String topicId, int partition) {}

    /**
     * The number of runs by state.
     *
     * @param version increases with every change
     */
    public record Summary(long version, Map<RunState, Integer> states) {}

    /** What is read of one moment. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(CatalogueSnapshot snapshot) throws CatalogueException;
    }

    private Catalogue(CatalogueAddress address) {
        this.address = address;
    }

    /** Returns a catalogue that {@link #repair} opens. */
    public static Catalogue at(CatalogueAddress address) {
        return new Catalogue(address);
    }

    /** Opens a catalogue and makes its schema. */
    public static Catalogue open(CatalogueAddress address) throws IOException {
        Catalogue catalogue = at(address);
        catalogue.repair();
        return catalogue;
    }

    /** Whether other processes may use the database. */
    public boolean isShared() {
        return address instanceof CatalogueAddress.Server;
    }

    /**
     * Opens the catalogue if it is not open, or its SQLite file is damaged or was deleted; the file is made again then, and empty.
     *
     * @throws IOException if it cannot be opened
     */
    public synchronized void repair() throws IOException {
        @Nullable Database before = open;
        if (before != null && !before.isLost()) {
            return;
        }
        if (before != null) {
            open = null;
            before.close();
            if (address instanceof CatalogueAddress.File file) {
                CatalogueAddress.delete(file.path());
            }
            reopened++;
        }
        try {
            open = Database.open(address);
        } catch (CatalogueException e) {
            closedWhy = String.valueOf(e.getMessage());
            throw e;
        }
        summary();
    }

    private Database database() throws CatalogueException {
        @Nullable Database current = open;
        if (current == null) {
            throw new CatalogueException("the catalogue " + address + " is unavailable: " + closedWhy, null);
        }
        return current;
    }

    /** Changes when the catalogue was made again, so that its sources must be read from the start. */
    public long generation() {
        return reopened + knownGeneration;
    }

    /** Empties the catalogue if it lists the runs of other folders. */
    public void listFolders(String folders) throws CatalogueException {
        String known = database()
                .read(handle -> handle.createQuery("select shelf from catalogue_state")
                        .mapTo(String.class)
                        .one());
        if (isShared() || known.equals(folders)) {
            return;
        }
        if (!known.isEmpty()) {
            clear();
        }
        database().write(handle -> handle.execute("update catalogue_state set shelf = ?", folders));
    }

    /** Adds runs, or merges them into the known ones. */
    public void put(Collection<CatalogueEntry> entries) throws CatalogueException {
        List<CatalogueEntry> all = List.copyOf(entries);
        for (int from = 0; from < all.size(); from += MAX_BATCH) {
            write(all.subList(from, Math.min(all.size(), from + MAX_BATCH)), Map.of());
        }
    }

    /** Adds the runs of some records and how far their topics are read by them, in one transaction. */
    public void put(Collection<CatalogueEntry> entries, Map<TopicPosition, Long> nextOffsets)
            throws CatalogueException {
        write(entries, nextOffsets);
    }

    private void write(Collection<CatalogueEntry> entries, Map<TopicPosition, Long> nextOffsets)
            throws CatalogueException {
        database().write(handle -> {
            RunWriter writer = new RunWriter(handle);
            if (writer.put(entries) > 0) {
                writer.finish();
            }
            writeOffsets(handle, nextOffsets);
            return 0;
        });
    }

    /** Another process may have read further. */
    static void writeOffsets(Handle handle, Map<TopicPosition, Long> nextOffsets) {
        nextOffsets.forEach((position, offset) -> handle.execute(
                "insert into topic_offsets (topic_id, topic_partition, next_offset) values (?, ?, ?)"
                        + " on conflict (topic_id, topic_partition) do update set next_offset = excluded.next_offset"
                        + " where excluded.next_offset > topic_offsets.next_offset",
                position.topicId,
                position.partition,
                offset));
    }

    /** Returns the next offsets to read, by partition. */
    public Map<TopicPosition, Long> nextOffsets() throws CatalogueException {
        return database().read(handle -> {
            Map<TopicPosition, Long> offsets = new HashMap<>();
            handle.createQuery("select topic_id, topic_partition, next_offset from topic_offsets")
                    .map((row, context) ->
                            Map.entry(new TopicPosition(row.getString(1), row.getInt(2)), row.getLong(3)))
                    .forEach(entry -> offsets.put(entry.getKey(), entry.getValue()));
            return offsets;
        });
    }

    /** Removes runs. */
    public void remove(Collection<CatalogueEntry> entries) throws CatalogueException {
        database().write(handle -> {
            RunWriter writer = new RunWriter(handle);
            if (writer.remove(RunReader.byKey(handle, entries).values()) > 0) {
                writer.finish();
            }
            return 0;
        });
    }

    /** Removes everything, also how far topics are read, so that a feed reads them again. */
    public void clear() throws CatalogueException {
        database().write(handle -> {
            for (String table : List.of("runs", "run_counts", "run_totals", "topic_offsets")) {
                handle.execute("delete from " + table);
            }
            return handle.execute("update catalogue_state set version = version + 1, generation = generation + 1");
        });
        summary();
    }

    public Optional<CatalogueEntry> find(String shop, String runId) throws CatalogueException {
        RunLine key = RunLine.started(shop, "", runId, "", RunState.WAITING, 0);
        return find(List.of(key)).values().stream().findFirst();
    }

    /** Returns the runs with the keys of the given ones, by key. */
    public Map<String, CatalogueEntry> find(Collection<RunLine> runs) throws CatalogueException {
        return database().read(handle -> new CatalogueSnapshot(handle, reader(handle)).find(runs));
    }

    /** Reads the catalogue as it is at one moment. */
    public <T> T readSnapshot(Reading<T> reading) throws CatalogueException {
        return database().readSnapshot(handle -> reading.of(new CatalogueSnapshot(handle, reader(handle))));
    }

    /** Returns those of the given folders of rejected logs that are in the catalogue. */
    public Set<String> knownFolders(Collection<String> folders) throws CatalogueException {
        return database().read(handle -> RunReader.knownFolders(handle, folders));
    }

    /** Returns the matching runs from an offset on, newest first. */
    public List<RunLine> list(Query query, long offset, int limit) throws CatalogueException {
        return lines(database().read(handle -> reader(handle).list(query, Long.MAX_VALUE, offset, limit)));
    }

    /** Returns the matching runs that started before a run, newest first. */
    public List<RunLine> older(Query query, RunLine than, int limit) throws CatalogueException {
        return lines(database().read(handle -> reader(handle).list(query, RowId.of(than), 0, limit)));
    }

    /** Returns the matching runs that started next after a run, oldest first. */
    public List<RunLine> newer(Query query, RunLine than, int limit) throws CatalogueException {
        return lines(database().read(handle -> reader(handle).newer(query, RowId.of(than), limit)));
    }

    /** Returns the entries after a key, by shop and run id. */
    public List<CatalogueEntry> after(String shop, String runId, int limit) throws CatalogueException {
        return database().read(handle -> reader(handle).after(shop, runId, limit)).stream()
                .map(RunRow::entry)
                .toList();
    }

    /** Returns other successful runs of the same vehicle or cell, newest first. */
    public List<RunLine> comparable(RunLine with, int max) throws CatalogueException {
        String done = RunState.DONE.key();
        Query.Period always = Query.Period.ALWAYS;
        String vehicle = with.findings().vehicle();
        List<RunRow> ofCell = database()
                .read(handle -> reader(handle)
                        .list(new Query("", with.shop(), with.cell(), done, "", always), Long.MAX_VALUE, 0, max + 1));
        List<RunRow> ofVehicle = vehicle.isEmpty()
                ? List.of()
                : database()
                        .read(handle -> reader(handle)
                                .list(
                                        new Query("", with.shop(), "", done, vehicle, always),
                                        Long.MAX_VALUE,
                                        0,
                                        max + 1));
        Map<Long, RunRow> both = new LinkedHashMap<>();
        Stream.concat(ofCell.stream(), ofVehicle.stream())
                .filter(row -> !row.entry().key().equals(with.key()))
                .forEach(row -> both.put(row.id(), row));
        return lines(both.values().stream()
                .sorted(Comparator.comparingLong(RunRow::id).reversed())
                .limit(max)
                .toList());
    }

    public Total count(Query query) throws CatalogueException {
        return database().read(handle -> reader(handle).count(query));
    }

    /** Reads what this process or another one has changed. */
    public Summary summary() throws CatalogueException {
        return database().read(handle -> {
            long version = handle.createQuery("select version, generation from catalogue_state")
                    .map((row, context) -> {
                        knownGeneration = row.getLong(2);
                        return row.getLong(1);
                    })
                    .one();
            return new Summary(version, reader(handle).states());
        });
    }

    /**
     * Returns the shops by name.
     *
     * @param shop the only one; empty for all
     */
    public Map<String, Shop> shops(String shop) throws CatalogueException {
        return database().read(handle -> reader(handle).shops(shop));
    }

    /** Returns the first shops in alphabetical order. */
    public List<String> shopNames(int max) throws CatalogueException {
        return database().read(handle -> reader(handle).names("shop", "", max));
    }

    /**
     * Returns the first cells in alphabetical order.
     *
     * @param shop empty for all shops
     */
    public List<String> cellNames(String shop, int max) throws CatalogueException {
        return database().read(handle -> reader(handle).names("cell", shop, max));
    }

    private RunReader reader(Handle handle) {
        return new RunReader(handle, !isShared());
    }

    static List<RunLine> lines(Collection<RunRow> rows) {
        return rows.stream().map(RunRow::line).toList();
    }

    @Override
    public synchronized void close() {
        @Nullable Database current = open;
        open = null;
        closedWhy = "it was closed";
        if (current != null) {
            current.close();
        }
    }
}
