package dynoai.exporter.analysis;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Factors in percent that bring both cylinders to one AFR: measured / target - 1, where the target is the mean of both or the
 * other cylinder's AFR. Cells with at least three readings of each cylinder and an imbalance of at least 0.5 AFR have a factor,
 * clamped to the option's maximum and to 5 %. A cylinder that stays unchanged has none.
 */
public final class CylinderBalancing {
    static final long MIN_READINGS = 3;
    static final double MIN_IMBALANCE_AFR = 0.5;
    private static final double MEDIUM_IMBALANCE_AFR = 0.7;
    private static final double HIGH_IMBALANCE_AFR = 1.0;
    private static final double MAX_PERCENT = 5.0;

    private final CylinderBalance balance;
    private final String mode;
    private final double maxPercent;

    private CylinderBalancing(CylinderBalance balance, AnalysisOptions options) {
        this.balance = balance;
        mode = String.valueOf(options.text(Option.BALANCE_MODE));
        maxPercent = Math.min(options.number(Option.BALANCE_MAX_CORRECTION), MAX_PERCENT);
    }

    /** Returns null unless the option asks for it. */
    public static @Nullable CylinderBalancing of(CylinderBalance balance, AnalysisOptions options) {
        return balance.isRequested() ? new CylinderBalancing(balance, options) : null;
    }

    /** Returns the cylinder's factors in percent. */
    public Grid factors(Cylinder cylinder) {
        double[] factors = Grid.empty();
        for (int cell = 0; cell < factors.length; cell++) {
            if (isUneven(cell) && changes(cylinder)) {
                double percent = (balance.afr(cylinder).at(cell) / target(cell) - 1) * 100;
                factors[cell] = Math.max(-maxPercent, Math.min(maxPercent, percent));
            }
        }
        return Grid.of(factors);
    }

    /** Returns {@code Cylinder_Balance_Report.json}. */
    public byte[] report() {
        List<Object> cells = new ArrayList<>();
        Map<String, Object> counts = new LinkedHashMap<>();
        for (String severity : List.of("low", "medium", "high")) {
            counts.put(severity, 0L);
        }
        Grid front = factors(Cylinder.FRONT);
        Grid rear = factors(Cylinder.REAR);
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (isUneven(cell)) {
                String severity = severity(cell);
                counts.merge(severity, 1L, (count, one) -> (Long) count + (Long) one);
                cells.add(cell(cell, severity, front, rear));
            }
        }
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("mode", mode);
        report.put("max_correction_pct", maxPercent);
        report.put("least_readings", MIN_READINGS);
        report.put("least_imbalance_afr", MIN_IMBALANCE_AFR);
        report.put("cells_compared", cellsCompared());
        report.put("cells_imbalanced", (long) cells.size());
        report.put("severity", counts);
        report.put("cells", cells);
        return Json.write(report);
    }

    private Map<String, @Nullable Object> cell(int cell, String severity, Grid front, Grid rear) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rpm", (long) GridAxes.rpmOfCell(cell));
        fields.put("kpa", (long) GridAxes.kpaOfCell(cell));
        for (Cylinder cylinder : Cylinder.values()) {
            fields.put(cylinder.key() + "_afr", balance.afr(cylinder).at(cell));
            fields.put(cylinder.key() + "_readings", balance.readings(cylinder).get(cell));
        }
        fields.put("imbalance_afr", imbalance(cell));
        fields.put("severity", severity);
        fields.put("front_factor_pct", orNull(front.at(cell)));
        fields.put("rear_factor_pct", orNull(rear.at(cell)));
        return fields;
    }

    private static @Nullable Double orNull(double number) {
        return Double.isNaN(number) ? null : number;
    }

    private boolean isComparable(int cell) {
        return balance.readings(Cylinder.FRONT).get(cell) >= MIN_READINGS
                && balance.readings(Cylinder.REAR).get(cell) >= MIN_READINGS;
    }

    /** Returns the number of cells with enough readings of both cylinders. */
    public long cellsCompared() {
        long compared = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            compared += isComparable(cell) ? 1 : 0;
        }
        return compared;
    }

    /** Whether the difference of the cylinders' AFR is large enough for a factor. */
    public boolean isUneven(int cell) {
        return isComparable(cell) && Math.abs(imbalance(cell)) >= MIN_IMBALANCE_AFR;
    }

    /** Returns the AFR of the rear minus the front: positive where the rear is leaner. */
    public double imbalance(int cell) {
        return balance.afr(Cylinder.REAR).at(cell) - balance.afr(Cylinder.FRONT).at(cell);
    }

    private boolean changes(Cylinder cylinder) {
        return !mode.equals("match_" + cylinder.title().toLowerCase(Locale.ROOT));
    }

    private double target(int cell) {
        double front = balance.afr(Cylinder.FRONT).at(cell);
        double rear = balance.afr(Cylinder.REAR).at(cell);
        switch (mode) {
            case "match_front":
                return front;
            case "match_rear":
                return rear;
            default:
                return (front + rear) / 2;
        }
    }

    /** Returns the severity of an uneven cell: low, medium or high. */
    public String severity(int cell) {
        double imbalance = Math.abs(imbalance(cell));
        return imbalance >= HIGH_IMBALANCE_AFR ? "high" : imbalance >= MEDIUM_IMBALANCE_AFR ? "medium" : "low";
    }
}
