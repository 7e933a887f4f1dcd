package dynoai.dashboard.runs;

import dynoai.catalogue.shelf.GridTable;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.RideBand;
import dynoai.exporter.verdict.RidePlan;
import dynoai.exporter.verdict.SparkAdvice;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a verdict. Its sentences are those of the report and the command line. */
public final class VerdictView {
    private VerdictView() {}

    static Map<String, @Nullable Object> of(Verdict verdict) {
        Fields fields = new Fields();
        for (Cylinder cylinder : Cylinder.values()) {
            fields.put(cylinder.key(), cylinder(verdict.corrections().of(cylinder)));
        }
        return fields.put("spark", spark(verdict.spark()))
                .put(
                        "mean",
                        new Fields()
                                .put("offered", verdict.mean().offered())
                                .put("reason", verdict.mean().reason())
                                .map())
                .put("thin", verdict.corrections().thinWords())
                .put("ride", ride(verdict.ride()))
                .map();
    }

    /** Returns what to ride next, of a run or of a session. */
    public static Map<String, @Nullable Object> ride(RidePlan plan) {
        List<Object> bands = new ArrayList<>();
        for (RideBand band : plan.bands()) {
            bands.add(new Fields()
                    .put("place", band.place())
                    .put("words", band.words())
                    .put("settles", band.settles())
                    .put("kpa", band.kpa())
                    .put("rpm", List.of(band.lowestRpm(), band.highestRpm()))
                    .put("seconds", band.seconds())
                    .put("score", band.score())
                    .map());
        }
        return new Fields()
                .put("otherwise", plan.otherwise())
                .put("bands", bands)
                .put("rank", GridTable.rows(cell -> plan.rank(cell) == 0 ? "" : Integer.toString(plan.rank(cell))))
                .map();
    }

    private static Map<String, @Nullable Object> cylinder(CylinderFigures figures) {
        CylinderFigures.@Nullable Largest largest = figures.largest();
        return new Fields()
                .put("largest", largest == null ? null : largest(largest))
                .put("clamped", figures.ridden().cut().size())
                .put("weak", figures.weak())
                .put("covered", figures.ridden().covered())
                .map();
    }

    private static Map<String, @Nullable Object> largest(CylinderFigures.Largest largest) {
        return new Fields()
                .put("pct", largest.percent())
                .put("written_pct", largest.written())
                .put("rpm", GridAxes.rpmOfCell(largest.cell()))
                .put("kpa", GridAxes.kpaOfCell(largest.cell()))
                .put("cut", largest.cut())
                .put("recorded", largest.recorded())
                .put("words", largest.words())
                .map();
    }

    private static Map<String, @Nullable Object> spark(SparkAdvice spark) {
        List<Object> knock = new ArrayList<>();
        for (SparkAdvice.Knock each : spark.knock()) {
            knock.add(new Fields()
                    .put("cylinder", each.cylinder().key())
                    .put("rpm", GridAxes.rpmOfCell(each.cell()))
                    .put("kpa", GridAxes.kpaOfCell(each.cell()))
                    .put("retard_deg", each.retard())
                    .put("degrees", each.degrees())
                    .map());
        }
        List<Object> cells = new ArrayList<>();
        for (int cell : spark.ruleCells()) {
            cells.add(new Fields()
                    .put("rpm", GridAxes.rpmOfCell(cell))
                    .put("kpa", GridAxes.kpaOfCell(cell))
                    .map());
        }
        return new Fields()
                .put("measured", spark.measured())
                .put("knock", knock)
                .put("knock_words", spark.knockWords())
                .put("rule_degrees", spark.ruleDegrees())
                .put("rule_cells", cells)
                .put("rule_words", spark.ruleWords())
                .map();
    }
}
