package dynoai.catalogue;

import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A catalogue at one moment. Valid while it is read, see {@link Catalogue#readSnapshot}. */
public final class CatalogueSnapshot {
    private final Handle handle;
    private final RunReader reader;

    CatalogueSnapshot(Handle handle, RunReader reader) {
        this.handle = handle;
        this.reader = reader;
    }

    /** Returns the runs with the keys of the given ones, by key. */
    public Map<String, CatalogueEntry> find(Collection<RunLine> runs) {
        Map<String, CatalogueEntry> found = new HashMap<>();
        RunReader.byKey(handle, runs.stream().map(CatalogueEntry::reported).toList())
                .forEach((key, row) -> found.put(key, row.entry()));
        return found;
    }

    /** Returns the matching runs from an offset on, newest first. */
    public List<RunLine> list(Query query, long offset, int limit) {
        return Catalogue.lines(reader.list(query, Long.MAX_VALUE, offset, limit));
    }

    public Catalogue.Total count(Query query) {
        return reader.count(query);
    }
}
