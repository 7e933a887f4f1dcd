package dynoai.catalogue;

import dynoai.catalogue.run.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * A query as a source of ids in SQL. Words of three or more letters are found by an index of trigrams. Shorter ones, and words in few
 * runs, are compared in each of the newest runs that match the rest of the query.
 */
final class QuerySql {
    /** The newest runs that match, up to this number, are compared with short words. */
    static final int WINDOW = 5_000;

    /** Up to this number of runs, comparing each is faster than the index of trigrams. */
    private static final int MAX_COMPARED = 5_000;

    /** The newest runs that the index of trigrams finds in SQLite, up to this number, are compared with the rest of a query. */
    private static final int MAX_HITS = RunReader.MAX_COUNTED + 1;

    private static final int TRIGRAM = 3;

    private final Map<String, Object> values = new HashMap<>();
    private final String conditions;
    private final String words;
    private final Kind kind;
    private final boolean sqlite;
    private final String runs;

    /** How words are found. */
    private enum Kind {
        NO_WORDS,
        COMPARED,
        INDEXED
    }

    private QuerySql(Query query, long before, ToLongFunction<Query> counted, boolean sqlite) {
        StringBuilder where = new StringBuilder();
        equal(where, values, "shop", query.shop());
        equal(where, values, "cell", query.cell());
        if (query.state().equals(Query.WARNING)) {
            where.append(" and warned = 1");
        } else {
            equal(where, values, "state", query.state());
        }
        if (!query.vehicle().isEmpty()) {
            where.append(" and vehicle <> ''");
            equal(where, values, "vehicle", query.vehicle());
        }
        between(where, query, before);
        List<String> all = query.wordList();
        List<String> indexed = all.stream().filter(QuerySql::hasTrigram).toList();
        if (all.isEmpty()) {
            kind = Kind.NO_WORDS;
        } else if (indexed.isEmpty() || isSmall(query, counted)) {
            kind = Kind.COMPARED;
        } else {
            kind = Kind.INDEXED;
        }
        StringBuilder compared = new StringBuilder();
        if (kind == Kind.INDEXED && sqlite) {
            // The shop is a line of the text, so that the matches of other shops do not take its place.
            Stream<String> shop = Stream.of(query.shop().toLowerCase(Locale.ROOT))
                    .filter(name -> !name.isEmpty())
                    .map(name -> '\n' + name + '\n');
            values.put(
                    "match",
                    Stream.concat(indexed.stream(), shop).map(QuerySql::phrase).collect(Collectors.joining(" ")));
            compare(compared, all.stream().filter(word -> !hasTrigram(word)).toList(), true);
        } else if (kind == Kind.INDEXED) {
            like(compared, all);
        } else {
            compare(compared, all, sqlite);
        }
        this.conditions = where.toString();
        this.words = compared.toString();
        this.sqlite = sqlite;
        this.runs = "runs" + (sqlite ? index(query) : "");
    }

    /** Names the index with the fewest runs, which SQLite does not always choose. */
    private static String index(Query query) {
        boolean ofShop = !query.shop().isEmpty();
        if (!query.vehicle().isEmpty()) {
            return " indexed by " + (ofShop ? "runs_by_shop_and_vehicle" : "runs_by_vehicle");
        }
        if (!query.state().equals(Query.WARNING)) {
            return "";
        }
        boolean ofCell = !query.cell().isEmpty();
        return " indexed by runs_warned"
                + (ofShop && ofCell ? "_by_shop_and_cell" : ofShop ? "_by_shop" : ofCell ? "_by_cell" : "");
    }

    static QuerySql of(Query query, long before, ToLongFunction<Query> counted, boolean sqlite) {
        return new QuerySql(query, before, counted, sqlite);
    }

    /** Whether the counters have the number of runs that match. */
    static boolean isCounted(Query query) {
        return query.vehicle().isEmpty()
                && query.wordList().isEmpty()
                && query.period().equals(Query.Period.ALWAYS);
    }

    static void equal(StringBuilder sql, Map<String, Object> values, String column, String value) {
        if (!value.isEmpty()) {
            sql.append(" and ").append(column).append(" = :").append(column);
            values.put(column, value);
        }
    }

    Map<String, Object> values() {
        return values;
    }

    /** Returns what follows {@code from}; its rows have the column {@code id}, and conditions may follow it. */
    String from(long needed) {
        return switch (kind) {
            case NO_WORDS -> "(select id from " + runs + " where 1 = 1" + conditions + ") matching";
            case COMPARED ->
                "(select id from (select id, search from " + runs + " where 1 = 1" + conditions
                        + " order by id desc limit " + WINDOW + ") newest where 1 = 1" + words + ") matching";
            case INDEXED ->
                sqlite
                        ? "(select runs.id as id from (" + hits() + ") hits cross join runs on runs.id = hits.hit"
                                + " where 1 = 1" + conditions + words + ") matching"
                        : "(select id from runs where 1 = 1" + conditions + words + " order by id desc limit "
                                + Math.max(needed, 1) + ") matching";
        };
    }

    private String hits() {
        String range = (values.containsKey("least") ? " and rowid >= :least" : "")
                + (values.containsKey("before") ? " and rowid < :before" : "");
        return "select rowid as hit from runs_search where runs_search match :match" + range
                + " order by rowid desc limit " + MAX_HITS;
    }

    /** Whether SQLite finds words by its index. */
    boolean hasHits() {
        return kind == Kind.INDEXED && sqlite;
    }

    /** Returns a statement that counts the hits of the index that were looked at, and those that match. */
    String countOfHits() {
        return "select count(*) as hits, count(runs.id) as found from (" + hits()
                + ") hits left join runs on runs.id = hits.hit" + conditions + words;
    }

    /** Whether older runs may match that were not compared. */
    boolean isWindowFull(Handle handle) {
        return kind == Kind.COMPARED
                && handle.createQuery("select count(*) from (select id from " + runs + " where 1 = 1" + conditions
                                        + " limit " + WINDOW + ") compared")
                                .bindMap(values)
                                .mapTo(Long.class)
                                .one()
                        >= WINDOW;
    }

    private void between(StringBuilder where, Query query, long before) {
        Query.Period period = query.period();
        if (period.fromMillis() > 0) {
            where.append(" and id >= :least");
            values.put("least", RowId.first(period.fromMillis()));
        }
        long end =
                Math.min(before, period.untilMillis() == Long.MAX_VALUE ? before : RowId.first(period.untilMillis()));
        if (end < Long.MAX_VALUE) {
            where.append(" and id < :before");
            values.put("before", end);
        }
    }

    private static boolean isSmall(Query query, ToLongFunction<Query> counted) {
        boolean narrowed = !query.shop().isEmpty()
                || !query.cell().isEmpty()
                || !query.state().isEmpty();
        return !query.vehicle().isEmpty() || narrowed && counted.applyAsLong(query) <= MAX_COMPARED;
    }

    private void compare(StringBuilder sql, List<String> all, boolean inSqlite) {
        for (int i = 0; i < all.size(); i++) {
            sql.append(inSqlite ? " and instr(search, :word" : " and strpos(search, :word")
                    .append(i)
                    .append(") > 0");
            values.put("word" + i, all.get(i));
        }
    }

    private void like(StringBuilder sql, List<String> all) {
        for (int i = 0; i < all.size(); i++) {
            sql.append(" and search like :word").append(i);
            values.put(
                    "word" + i,
                    "%" + all.get(i).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
        }
    }

    private static String phrase(String word) {
        return '"' + word.replace("\"", "\"\"") + '"';
    }

    /** PostgreSQL takes its trigrams from letters and digits alone. */
    private static boolean hasTrigram(String word) {
        int row = 0;
        for (int i = 0; i < word.length(); i++) {
            row = word.charAt(i) < 128 && Character.isLetterOrDigit(word.charAt(i)) ? row + 1 : 0;
            if (row == TRIGRAM) {
                return true;
            }
        }
        return false;
    }
}
