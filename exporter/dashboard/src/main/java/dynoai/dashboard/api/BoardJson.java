package dynoai.dashboard.api;

import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.board.VisibleRuns;
import dynoai.dashboard.runs.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a board. */
final class BoardJson {
    private BoardJson() {}

    static Map<String, @Nullable Object> line(RunLine line) {
        Findings findings = line.findings();
        return new Fields()
                .put("shop", line.shop())
                .put("cell", line.cell())
                .put("run_id", line.runId())
                .put("file", line.file())
                .put("sha256", line.sha256())
                .put("state", line.state().key())
                .put("started_ms", line.startedMillis())
                .put("ended_ms", line.endedMillis() == 0 ? null : (Object) line.endedMillis())
                .put("elapsed_ms", line.elapsedMillis() == 0 ? null : (Object) line.elapsedMillis())
                .put("rows", findings.rows())
                .put("rows_per_second", line.rowsPerSecond())
                .put("accepted", findings.accepted())
                .put("cells_covered", findings.both().cellsCovered())
                .put("cells_clamped", findings.both().cellsClamped())
                .put("largest_correction_pct", findings.both().largestPct())
                .put("front", delta(findings.front()))
                .put("rear", delta(findings.rear()))
                .put("thin_data", findings.thinData())
                .put("clamp_pct", findings.clampPct())
                .put("vehicle", findings.vehicle())
                .put("anomalies", findings.anomalies())
                .put("math_version", findings.mathVersion())
                .put("format", findings.format())
                .put("code", line.notice().code())
                .put("line", line.notice().line())
                .put("column", line.notice().column())
                .put("message", line.notice().message())
                .put("hint", line.notice().hint())
                .put("duplicate_of", line.notice().duplicateOf())
                .map();
    }

    private static Map<String, @Nullable Object> delta(Findings.Delta delta) {
        return new Fields()
                .put("largest_pct", delta.largestPct())
                .put("clamped", delta.cellsClamped())
                .put("covered", delta.cellsCovered())
                .put("weak", delta.cellsWeak())
                .put("uncut", Double.isNaN(delta.uncut().pct()) ? null : uncut(delta.uncut()))
                .map();
    }

    private static Map<String, @Nullable Object> uncut(Findings.Uncut uncut) {
        return new Fields()
                .put("pct", uncut.pct())
                .put("rpm", uncut.rpm())
                .put("kpa", uncut.kpa())
                .map();
    }

    static List<Object> lines(List<RunLine> lines) {
        List<Object> list = new ArrayList<>();
        lines.forEach(line -> list.add(line(line)));
        return list;
    }

    static Map<String, @Nullable Object> states(Map<RunState, Integer> states) {
        Fields fields = new Fields();
        int inFlight = 0;
        for (RunState state : RunState.values()) {
            int count = states.getOrDefault(state, 0);
            fields.put(state.key(), count);
            inFlight += state.isInFlight() ? count : 0;
        }
        return fields.put(Query.IN_FLIGHT, inFlight).map();
    }

    static List<Object> shops(VisibleRuns runs) throws CatalogueException {
        List<Object> shops = new ArrayList<>();
        runs.shops().forEach((name, shop) -> {
            List<Object> cells = new ArrayList<>();
            shop.cells()
                    .forEach((cell, count) -> cells.add(
                            new Fields().put("cell", cell).put("runs", count).map()));
            shops.add(new Fields()
                    .put("shop", name)
                    .put("states", states(shop.states()))
                    .put("cells", cells)
                    .map());
        });
        return shops;
    }

    static Map<String, @Nullable Object> throughput(Throughput.Seconds last) {
        return new Fields()
                .put("end_s", last.endSecond())
                .put("rows", last.rows())
                .put("runs", last.runs())
                .map();
    }
}
