package dynoai.catalogue;

import dynoai.catalogue.run.RunLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes runs and their counters in one transaction. */
final class RunWriter {
    private final Handle handle;
    private final Map<Counter, Long> changes = new LinkedHashMap<>();

    /** What is counted. */
    private record Counter(String shop, String cell, String state, int warned) {}

    RunWriter(Handle handle) {
        this.handle = handle;
    }

    /** Adds runs, or merges them into the known ones. Returns how many changed. */
    int put(Collection<CatalogueEntry> entries) {
        Map<String, CatalogueEntry> reported = new LinkedHashMap<>();
        for (CatalogueEntry entry : entries) {
            reported.merge(entry.key(), entry, CatalogueEntry::mergedWith);
        }
        Map<String, RunRow> known = RunReader.byKey(handle, reported.values());
        List<RunRow> inserted = new ArrayList<>();
        Map<Long, RunRow> updated = new LinkedHashMap<>();
        Set<Long> taken = RunReader.taken(
                handle,
                reported.values().stream().map(entry -> RowId.of(entry.line())).toList());
        for (CatalogueEntry entry : reported.values()) {
            @Nullable RunRow row = known.get(entry.key());
            CatalogueEntry merged = row == null ? entry : row.entry().mergedWith(entry);
            if (row == null) {
                inserted.add(new RunRow(freeId(merged.line(), taken), merged));
                count(merged.line(), 1);
            } else if (!merged.equals(row.entry())) {
                boolean moved = merged.line().startedMillis() != row.line().startedMillis();
                updated.put(row.id(), new RunRow(moved ? freeId(merged.line(), taken) : row.id(), merged));
                count(row.line(), -1);
                count(merged.line(), 1);
            }
        }
        execute(RunRow.INSERT, inserted);
        update(updated);
        return inserted.size() + updated.size();
    }

    /** Removes runs and returns how many there were. */
    int remove(Collection<RunRow> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        PreparedBatch batch = handle.prepareBatch("delete from runs where id = ?");
        for (RunRow row : rows) {
            batch.add(row.id());
            count(row.line(), -1);
        }
        batch.execute();
        return rows.size();
    }

    /** Writes the counters; the last step of a transaction that changed runs. */
    void finish() {
        Map<Counter, Long> totals = new LinkedHashMap<>();
        changes.forEach(
                (counter, by) -> totals.merge(new Counter("", "", counter.state, counter.warned), by, Long::sum));
        add(
                "insert into run_counts (shop, cell, state, warned, runs) values (:shop, :cell, :state, :warned, :by)"
                        + " on conflict (shop, cell, state, warned)"
                        + " do update set runs = run_counts.runs + excluded.runs",
                changes);
        add(
                "insert into run_totals (state, warned, runs) values (:state, :warned, :by)"
                        + " on conflict (state, warned) do update set runs = run_totals.runs + excluded.runs",
                totals);
        add(
                "delete from run_counts where shop = :shop and cell = :cell and state = :state and warned = :warned"
                        + " and runs = 0",
                changes);
        handle.execute("delete from run_totals where runs = 0");
        handle.execute("update catalogue_state set version = version + 1");
    }

    private void add(String sql, Map<Counter, Long> counters) {
        PreparedBatch batch = handle.prepareBatch(sql);
        counters.forEach((counter, by) -> batch.bind("shop", counter.shop)
                .bind("cell", counter.cell)
                .bind("state", counter.state)
                .bind("warned", counter.warned)
                .bind("by", by)
                .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private void count(RunLine line, long by) {
        changes.merge(
                new Counter(line.shop(), line.cell(), line.state().key(), line.isWarned() ? 1 : 0), by, Long::sum);
    }

    /**
     * Returns the id of a run, or the next free one.
     *
     * @param taken those of the reported runs that other runs have
     */
    private long freeId(RunLine line, Set<Long> taken) {
        long id = RowId.of(line);
        while (!taken.add(id)) {
            id++;
            taken.addAll(RunReader.taken(handle, List.of(id)));
        }
        return id;
    }

    private void execute(String sql, List<RunRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(sql);
        rows.forEach(row -> batch.bindMap(row.values()).add());
        batch.execute();
    }

    private void update(Map<Long, RunRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(RunRow.UPDATE);
        rows.forEach((id, row) -> {
            Map<String, Object> values = new HashMap<>(row.values());
            values.put("oldId", id);
            batch.bindMap(values).add();
        });
        batch.execute();
    }
}
