package dynoai.exporter.diagnose;

import dynoai.exporter.diagnose.Anomaly.AtCell;
import dynoai.exporter.diagnose.Anomaly.AtCells;
import dynoai.exporter.diagnose.Anomaly.InBand;
import dynoai.exporter.diagnose.Anomaly.KnockCell;
import dynoai.exporter.kernel.Band;
import dynoai.exporter.kernel.Delta;
import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code Anomaly_Hypotheses.json}: the anomalies, and how many rows each gate rejected or accepted. */
public final class AnomalyHypotheses {
    private AnomalyHypotheses() {}

    public static byte[] write(AnalysisOptions options, Diagnostics diagnostics, RunGrids grids, KernelResult kernels) {
        List<Object> anomalies = new ArrayList<>();
        for (Anomaly anomaly : diagnostics.anomalies()) {
            anomalies.add(json(anomaly));
        }
        Map<String, Object> cylinders = new LinkedHashMap<>();
        for (Cylinder cylinder : Cylinder.values()) {
            Map<String, Object> fields = counters(grids.of(cylinder), options);
            fields.putAll(quality(diagnostics, grids, kernels.of(cylinder).delta(), cylinder));
            cylinders.put(cylinder.key(), fields);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("anomalies", anomalies);
        root.put("correction_diagnostics", cylinders);
        return Json.write(root);
    }

    /** Returns the counters of a cylinder by manifest field; they add up to {@code total_records_processed}. */
    public static Map<String, Object> counters(RunGrids.CylinderGrids cylinder, AnalysisOptions options) {
        Map<String, Object> counters = new LinkedHashMap<>();
        long total = 0;
        for (Gate gate : Gates.of(options)) {
            long rows = cylinder.gates().get(gate.ordinal()).rows();
            counters.put(gate.key(), rows);
            total += rows;
        }
        counters.put("total_records_processed", total);
        return counters;
    }

    private static Map<String, Object> quality(
            Diagnostics diagnostics, RunGrids grids, Delta delta, Cylinder cylinder) {
        List<Object> weak = new ArrayList<>();
        for (int cell : diagnostics.weakCells(cylinder)) {
            Map<String, Object> fields = cell(cell);
            fields.put("samples", grids.of(cylinder).coverage().get(cell));
            weak.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cells_covered", grids.of(cylinder).coveredCells());
        fields.put("weak_cells", weak);
        fields.put("clamped_cells", delta.clampedCells());
        fields.put("largest_correction_pct", delta.largestPercent());
        return fields;
    }

    private static Map<String, Object> json(Anomaly anomaly) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", anomaly.type().key());
        fields.put("score", anomaly.score());
        if (anomaly.place() instanceof AtCell at) {
            fields.put("cell", cell(at.cell()));
        } else if (anomaly.place() instanceof InBand in) {
            fields.put("band", band(in.band()));
        } else if (anomaly.place() instanceof AtCells at) {
            fields.put("cells", cells(at.cells()));
        }
        fields.put("explanation", anomaly.explanation());
        fields.put("next_checks", anomaly.nextChecks());
        return fields;
    }

    private static Map<String, Object> cell(int cell) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rpm", GridAxes.rpmOfCell(cell));
        fields.put("kpa", GridAxes.kpaOfCell(cell));
        return fields;
    }

    private static Map<String, Object> band(Band band) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rpm", List.of(band.lowestRpm(), band.highestRpm()));
        fields.put("kpa", List.of(band.lowestKpa(), band.highestKpa()));
        return fields;
    }

    private static List<Object> cells(List<KnockCell> cells) {
        List<Object> list = new ArrayList<>();
        for (KnockCell knock : cells) {
            Map<String, Object> fields = cell(knock.cell());
            fields.put("hot", knock.hot());
            list.add(fields);
        }
        return list;
    }
}
