package dynoai.catalogue;

import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of runs.
 *
 * @param id as of {@link RowId}, or the nearest one that is free
 */
record RunRow(long id, CatalogueEntry entry) {
    static final String COLUMNS =
            "id, shop, cell, run_id, file, sha256, state, started_ms, ended_ms, folder, folder_ms,"
                    + " findings, notice";

    private static final String SET = "id = :id, shop = :shop, cell = :cell, run_id = :runId, file = :file,"
            + " sha256 = :sha256, state = :state, started_ms = :started, ended_ms = :ended, vehicle = :vehicle,"
            + " warned = :warned, folder = :folder, folder_ms = :folderMillis, findings = :findings,"
            + " notice = :notice, search = :search";

    static final String UPDATE = "update runs set " + SET + " where id = :oldId";

    static final String INSERT = "insert into runs (id, shop, cell, run_id, file, sha256, state, started_ms, ended_ms,"
            + " vehicle, warned, folder, folder_ms, findings, notice, search) values (:id, :shop, :cell, :runId, :file,"
            + " :sha256, :state, :started, :ended, :vehicle, :warned, :folder, :folderMillis, :findings, :notice,"
            + " :search)";

    /** Further characters of a search text are not searched. */
    private static final int MAX_SEARCHED = 4_000;

    RunLine line() {
        return entry.line();
    }

    Map<String, Object> values() {
        RunLine line = line();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("shop", clean(line.shop()));
        values.put("cell", clean(line.cell()));
        values.put("runId", clean(line.runId()));
        values.put("file", clean(line.file()));
        values.put("sha256", clean(line.sha256()));
        values.put("state", line.state().key());
        values.put("started", line.startedMillis());
        values.put("ended", line.endedMillis());
        values.put("vehicle", clean(line.findings().vehicle()));
        values.put("warned", line.isWarned() ? 1 : 0);
        values.put("folder", clean(entry.folder()));
        values.put("folderMillis", entry.folderMillis());
        values.put("findings", json(findings(line.findings())));
        values.put("notice", line.notice().isEmpty() ? "" : json(notice(line.notice())));
        String text = clean(Query.searched(line));
        values.put("search", text.length() > MAX_SEARCHED ? text.substring(0, MAX_SEARCHED) : text);
        return values;
    }

    /** PostgreSQL has no text with a NUL. */
    private static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }

    static RunRow read(ResultSet row) throws SQLException {
        try {
            String notice = row.getString("notice");
            RunLine line = new RunLine(
                    row.getString("shop"),
                    row.getString("cell"),
                    row.getString("run_id"),
                    row.getString("file"),
                    row.getString("sha256"),
                    RunState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                    row.getLong("started_ms"),
                    row.getLong("ended_ms"),
                    findings(tree(row.getString("findings"))),
                    notice.isEmpty() ? Notice.NONE : notice(tree(notice)));
            return new RunRow(
                    row.getLong("id"), new CatalogueEntry(line, row.getString("folder"), row.getLong("folder_ms")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonTree tree(String json) throws IOException {
        return new JsonTree(Json.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String json(Map<String, @Nullable Object> value) {
        return clean(new String(Json.canonical(value), StandardCharsets.UTF_8));
    }

    private static Map<String, @Nullable Object> findings(Findings findings) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", findings.rows());
        map.put("accepted", findings.accepted());
        map.put("both", delta(findings.both()));
        map.put("front", delta(findings.front()));
        map.put("rear", delta(findings.rear()));
        map.put("anomalies", (long) findings.anomalies());
        map.put("clamp", number(findings.clampPct()));
        map.put("math", findings.mathVersion());
        map.put("format", findings.format());
        map.put("vehicle", findings.vehicle());
        map.put("thin", findings.thinData());
        return map;
    }

    private static Map<String, @Nullable Object> delta(Findings.Delta delta) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("largest", number(delta.largestPct()));
        map.put("clamped", (long) delta.cellsClamped());
        map.put("covered", (long) delta.cellsCovered());
        map.put("weak", (long) delta.cellsWeak());
        if (!Double.isNaN(delta.uncut().pct())) {
            map.put("uncut", delta.uncut().pct());
            map.put("rpm", (long) delta.uncut().rpm());
            map.put("kpa", (long) delta.uncut().kpa());
        }
        return map;
    }

    private static @Nullable Object number(double value) {
        return Double.isFinite(value) ? (Object) value : null;
    }

    private static Findings findings(JsonTree tree) {
        return new Findings(
                tree.at("rows").whole(),
                tree.at("accepted").whole(),
                delta(tree.at("both")),
                delta(tree.at("front")),
                delta(tree.at("rear")),
                (int) tree.at("anomalies").whole(),
                tree.at("clamp").number(),
                tree.at("math").text(),
                tree.at("format").text(),
                tree.at("vehicle").text(),
                tree.at("thin").flag());
    }

    private static Findings.Delta delta(JsonTree tree) {
        double uncut = tree.at("uncut").number();
        return new Findings.Delta(
                tree.at("largest").number(),
                (int) tree.at("clamped").whole(),
                (int) tree.at("covered").whole(),
                (int) tree.at("weak").whole(),
                Double.isNaN(uncut)
                        ? Findings.Uncut.UNKNOWN
                        : new Findings.Uncut(uncut, (int) tree.at("rpm").whole(), (int)
                                tree.at("kpa").whole()));
    }

    private static Map<String, @Nullable Object> notice(Notice notice) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", notice.code());
        map.put("line", notice.line());
        map.put("column", notice.column());
        map.put("message", notice.message());
        map.put("hint", notice.hint());
        map.put("duplicate_of", notice.duplicateOf());
        return map;
    }

    private static Notice notice(JsonTree tree) {
        return new Notice(
                tree.at("code").text(),
                tree.at("line").whole(),
                tree.at("column").text(),
                tree.at("message").text(),
                tree.at("hint").text(),
                tree.at("duplicate_of").text());
    }
}
