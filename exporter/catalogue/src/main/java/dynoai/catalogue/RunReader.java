package dynoai.catalogue;

import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Reads runs and counters. */
final class RunReader {
    /** Maximum number of keys in one statement. */
    private static final int MAX_KEYS = 400;

    /** A query that the counters do not answer is counted up to this number. */
    static final int MAX_COUNTED = 10_000;

    private final Handle handle;
    private final boolean sqlite;

    RunReader(Handle handle, boolean sqlite) {
        this.handle = handle;
        this.sqlite = sqlite;
    }

    /** Returns the known rows of runs, by key. */
    static Map<String, RunRow> byKey(Handle handle, Collection<CatalogueEntry> runs) {
        Map<String, RunRow> found = new HashMap<>();
        List<CatalogueEntry> all = List.copyOf(runs);
        for (int from = 0; from < all.size(); from += MAX_KEYS) {
            List<CatalogueEntry> some = all.subList(from, Math.min(all.size(), from + MAX_KEYS));
            String keys = String.join(", ", some.stream().map(run -> "(?, ?)").toList());
            var query = handle.createQuery(
                    "select " + RunRow.COLUMNS + " from runs where (shop, run_id) in (values " + keys + ")");
            for (int i = 0; i < some.size(); i++) {
                query.bind(2 * i, some.get(i).line().shop());
                query.bind(2 * i + 1, some.get(i).line().runId());
            }
            query.map((row, context) -> RunRow.read(row))
                    .forEach(row -> found.put(row.entry().key(), row));
        }
        return found;
    }

    /** Returns those of the given ids that runs have. */
    static Set<Long> taken(Handle handle, List<Long> ids) {
        Set<Long> taken = new HashSet<>();
        for (int from = 0; from < ids.size(); from += MAX_KEYS) {
            taken.addAll(handle.createQuery("select id from runs where id in (<ids>)")
                    .bindList("ids", ids.subList(from, Math.min(ids.size(), from + MAX_KEYS)))
                    .mapTo(Long.class)
                    .list());
        }
        return taken;
    }

    static Set<String> knownFolders(Handle handle, Collection<String> folders) {
        Set<String> known = new HashSet<>();
        List<String> all = List.copyOf(folders);
        for (int from = 0; from < all.size(); from += MAX_KEYS) {
            List<String> some = all.subList(from, Math.min(all.size(), from + MAX_KEYS));
            known.addAll(handle.createQuery("select folder from runs where state in ('duplicate', 'rejected')"
                            + " and folder in (<folders>)")
                    .bindList("folders", some)
                    .mapTo(String.class)
                    .list());
        }
        return known;
    }

    /**
     * Returns the matching runs, newest first.
     *
     * @param before only runs with a smaller id
     */
    List<RunRow> list(Query query, long before, long offset, int limit) {
        if (query.state().equals(Query.IN_FLIGHT) || limit <= 0) {
            return List.of();
        }
        QuerySql sql = QuerySql.of(query, before, this::counted, sqlite);
        return bound(
                        handle.createQuery("select " + RunRow.COLUMNS + " from runs where id in (select id from "
                                + sql.from(offset + limit) + " order by id desc limit :limit offset :offset)"
                                + " order by id desc"),
                        sql)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> RunRow.read(row))
                .list();
    }

    /** Returns the runs of a folder order: those after a shop and run id. */
    List<RunRow> after(String shop, String runId, int limit) {
        return handle.createQuery("select " + RunRow.COLUMNS
                        + " from runs where (shop, run_id) > (?, ?) order by shop, run_id limit ?")
                .bind(0, shop)
                .bind(1, runId)
                .bind(2, limit)
                .map((row, context) -> RunRow.read(row))
                .list();
    }

    /** Returns the runs that started next after an id, oldest first. */
    List<RunRow> newer(Query query, long than, int limit) {
        QuerySql sql = QuerySql.of(query, Long.MAX_VALUE, this::counted, sqlite);
        return bound(
                        handle.createQuery("select " + RunRow.COLUMNS + " from runs where id in (select id from "
                                + sql.from(limit) + " where id > :than order by id limit :limit) order by id"),
                        sql)
                .bind("than", than)
                .bind("limit", limit)
                .map((row, context) -> RunRow.read(row))
                .list();
    }

    Catalogue.Total count(Query query) {
        if (query.state().equals(Query.IN_FLIGHT)) {
            return new Catalogue.Total(0, true);
        }
        if (QuerySql.isCounted(query)) {
            return new Catalogue.Total(counted(query), true);
        }
        QuerySql sql = QuerySql.of(query, Long.MAX_VALUE, this::counted, sqlite);
        if (sql.hasHits()) {
            return bound(handle.createQuery(sql.countOfHits()), sql)
                    .map((row, context) -> new Catalogue.Total(
                            Math.min(row.getLong("found"), MAX_COUNTED), row.getLong("hits") <= MAX_COUNTED))
                    .one();
        }
        long found = bound(
                        handle.createQuery("select count(*) from (select id from " + sql.from(MAX_COUNTED + 1)
                                + " limit :limit) counted"),
                        sql)
                .bind("limit", MAX_COUNTED + 1)
                .mapTo(Long.class)
                .one();
        boolean whole = found <= MAX_COUNTED && !sql.isWindowFull(handle);
        return new Catalogue.Total(Math.min(found, MAX_COUNTED), whole);
    }

    private static <S extends SqlStatement<S>> S bound(S statement, QuerySql sql) {
        return statement.bindMap(sql.values());
    }

    /** Returns the number of runs that match shop, cell and state, from the counters. */
    private long counted(Query query) {
        StringBuilder sql = new StringBuilder("select coalesce(sum(runs), 0) from ");
        boolean totals = query.shop().isEmpty() && query.cell().isEmpty();
        sql.append(totals ? "run_totals" : "run_counts").append(" where 1 = 1");
        Map<String, Object> values = new HashMap<>();
        QuerySql.equal(sql, values, "shop", query.shop());
        QuerySql.equal(sql, values, "cell", query.cell());
        if (query.state().equals(Query.WARNING)) {
            sql.append(" and warned = 1");
        } else {
            QuerySql.equal(sql, values, "state", query.state());
        }
        return handle.createQuery(sql.toString())
                .bindMap(values)
                .mapTo(Long.class)
                .one();
    }

    Map<RunState, Integer> states() {
        Map<RunState, Integer> states = new EnumMap<>(RunState.class);
        handle.createQuery("select state, sum(runs) as runs from run_totals group by state")
                .map((row, context) -> Map.entry(state(row.getString("state")), row.getInt("runs")))
                .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        return states;
    }

    /** @param only the only shop; empty for all */
    Map<String, Catalogue.Shop> shops(String only) {
        Map<String, Catalogue.Shop> shops = new TreeMap<>();
        StringBuilder where = new StringBuilder(" where 1 = 1");
        Map<String, Object> values = new HashMap<>();
        QuerySql.equal(where, values, "shop", only);
        handle.createQuery("select shop, cell, state, sum(runs) as runs from run_counts" + where
                        + " group by shop, cell, state")
                .bindMap(values)
                .map((row, context) -> {
                    Catalogue.Shop shop = shops.computeIfAbsent(
                            row.getString("shop"),
                            name -> new Catalogue.Shop(new EnumMap<>(RunState.class), new TreeMap<>()));
                    shop.states().merge(state(row.getString("state")), row.getInt("runs"), Integer::sum);
                    shop.cells().merge(row.getString("cell"), row.getInt("runs"), Integer::sum);
                    return shop;
                })
                .list();
        return shops;
    }

    /**
     * Returns the first names of shops, or of cells.
     *
     * @param column shop or cell
     * @param shop empty for all shops
     */
    List<String> names(String column, String shop, int max) {
        String among = shop.isEmpty() ? "" : " and shop = :shop";
        var query = handle.createQuery(
                        "with recursive names (name) as (select min(" + column + ") from run_counts where "
                                + column + " > ''" + among + " union all select (select min(" + column
                                + ") from run_counts where " + column + " > names.name" + among
                                + ") from names where name is not null)"
                                + " select name from names where name is not null limit :max")
                .bind("max", max);
        return new ArrayList<>((shop.isEmpty() ? query : query.bind("shop", shop))
                .mapTo(String.class)
                .list());
    }

    private static RunState state(String key) {
        return RunState.valueOf(key.toUpperCase(Locale.ROOT));
    }
}
