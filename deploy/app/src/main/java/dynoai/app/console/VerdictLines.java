package dynoai.app.console;

import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.RideBand;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a verdict: the front and the rear cylinder first, their mean last and only if it may be used. */
public final class VerdictLines {
    private static final int MAX_BANDS = 3;
    private static final int LISTED_CELLS = 4;

    private VerdictLines() {}

    public static List<String> of(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        String label = "Largest    ";
        for (Cylinder cylinder : Cylinder.values()) {
            lines.add(label
                    + cylinder.key()
                    + ' '
                    + verdict.corrections().of(cylinder).largestWords());
            label = "           ";
        }
        label = "Clamped    ";
        for (Cylinder cylinder : Cylinder.values()) {
            lines.add(label + cylinder.key() + ' ' + cut(verdict.corrections().of(cylinder)));
            label = "           ";
        }
        lines.add("Spark      " + verdict.spark().knockWords());
        if (!verdict.spark().ruleWords().isEmpty()) {
            lines.add("           " + verdict.spark().ruleWords());
        }
        if (verdict.corrections().isThin()) {
            lines.add("Trust      " + verdict.corrections().thinWords());
        }
        label = "Ride next  ";
        if (verdict.ride().bands().isEmpty()) {
            lines.add(label + verdict.ride().otherwise());
        }
        for (RideBand band : verdict.ride().bands().stream().limit(MAX_BANDS).toList()) {
            lines.add(label + band.words());
            label = "           ";
        }
        return lines;
    }

    /**
     * Returns what to do with the files of a run: which page to read, and which tables to paste into the tune.
     *
     * @param page the run's report or summary
     */
    public static List<String> next(Path page, Verdict verdict) {
        String paste = toPaste(verdict);
        String read = "Next       read " + page;
        if (paste.isEmpty()) {
            return List.of(read + "; nothing to paste");
        }
        return List.of(
                read + (verdict.corrections().isThin() ? "; ride again before you paste: " : "; to paste: ") + paste,
                "Mean       " + verdict.mean().reason()
                        + (verdict.mean().offered() ? " The mean is in " + GridFile.DELTA.pasteFile() + '.' : ""));
    }

    /** Returns the files to paste, one for each cylinder with a correction. */
    private static String toPaste(Verdict verdict) {
        List<String> files = new ArrayList<>();
        for (Cylinder cylinder : Cylinder.values()) {
            if (!verdict.corrections().of(cylinder).isEmpty()) {
                files.add(GridFile.of(GridFile.Kind.DELTA, cylinder).pasteFile());
            }
        }
        return String.join(" and ", files);
    }

    /** Returns the same for programs. */
    public static Map<String, @Nullable Object> toJson(Verdict verdict) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (Cylinder cylinder : Cylinder.values()) {
            CylinderFigures own = verdict.corrections().of(cylinder);
            json.put(cylinder.key() + "_uncut", uncut(own.largest()));
            json.put(cylinder.key() + "_cells_weak", own.weak());
        }
        json.put("knock_cells", verdict.spark().knock().size());
        json.put("mean_offered", verdict.mean().offered());
        json.put("thin_data", verdict.corrections().isThin());
        List<Object> bands = new ArrayList<>();
        verdict.ride().bands().forEach(band -> bands.add(band.words()));
        json.put("ride_next", bands);
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> uncut(CylinderFigures.@Nullable Largest largest) {
        if (largest == null || !largest.recorded()) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("percent", largest.percent());
        json.put("rpm", GridAxes.rpmOfCell(largest.cell()));
        json.put("kpa", GridAxes.kpaOfCell(largest.cell()));
        return json;
    }

    private static String cut(CylinderFigures own) {
        List<Integer> cells = own.ridden().cut().stream().sorted().toList();
        if (cells.isEmpty()) {
            return "no cell";
        }
        List<String> listed = cells.stream()
                .limit(LISTED_CELLS)
                .map(cell -> GridAxes.rpmOfCell(cell) + " rpm, " + GridAxes.kpaOfCell(cell) + " kPa")
                .toList();
        return cells.size()
                + (cells.size() == 1 ? " cell: " : " cells: ")
                + String.join("; ", listed)
                + (cells.size() > LISTED_CELLS ? " and " + (cells.size() - LISTED_CELLS) + " more" : "");
    }
}
