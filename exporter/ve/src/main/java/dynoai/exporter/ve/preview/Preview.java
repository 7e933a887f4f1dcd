package dynoai.exporter.ve.preview;

import dynoai.exporter.application.Residuals;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.factor.Factors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an application, cell by cell, before anything is written.
 *
 * @param base path of the base table
 * @param factor path of the table of factors
 * @param mathVersion of the factors; null if unknown
 * @param maxAdjustPct clamp of the factors in percent
 * @param cells every cell, row by row
 */
public record Preview(
        String base,
        String factor,
        @Nullable String mathVersion,
        double maxAdjustPct,
        VeTable before,
        VeTable after,
        List<Cell> cells) {

    /** How a cell changes. */
    public enum Fate {
        /** It changes by its factor. */
        CHANGED,
        /** Its factor is cut at the clamp. */
        AT_CLAMP,
        /** It has no factor or a factor of 0. */
        UNCHANGED,
        /** It has a factor, but the mask or too few samples exclude it. */
        LEFT_ALONE,
        /** The base has no value here. */
        EMPTY
    }

    /**
     * One cell; missing numbers are NaN.
     *
     * @param factor in percent, as given
     * @param clamped in percent, as applied
     */
    public record Cell(
            String rpm, String kpa, double oldValue, double factor, double clamped, double newValue, Fate fate) {}

    public static Preview of(
            String base, Factors factors, double maxAdjustPct, VeTable before, VeTable after, Set<Integer> leftAlone) {
        List<Cell> cells = new ArrayList<>();
        for (int cell = 0; cell < before.size(); cell++) {
            double factor = factors.table().at(cell);
            boolean kept = leftAlone.contains(cell);
            double clamped = kept ? 0 : Residuals.clamped(factor, maxAdjustPct);
            cells.add(new Cell(
                    before.rpmLabel(cell / before.columns()),
                    before.kpaLabel(cell % before.columns()),
                    before.at(cell),
                    factor,
                    clamped,
                    after.at(cell),
                    fate(before.isEmpty(cell), factor, clamped, kept)));
        }
        return new Preview(
                base, factors.file().path().toString(), factors.mathVersion(), maxAdjustPct, before, after, cells);
    }

    public long count(Fate fate) {
        return cells.stream().filter(cell -> cell.fate() == fate).count();
    }

    public String asText() {
        return PreviewText.of(this);
    }

    public String asJson() {
        return PreviewJson.of(this);
    }

    /** Returns a page without external resources. */
    public String asHtml() {
        return PreviewHtml.of(this);
    }

    private static Fate fate(boolean empty, double factor, double clamped, boolean kept) {
        if (empty) {
            return Fate.EMPTY;
        }
        if (Double.isNaN(factor) || factor == 0) {
            return Fate.UNCHANGED;
        }
        if (kept) {
            return Fate.LEFT_ALONE;
        }
        return clamped == factor ? Fate.CHANGED : Fate.AT_CLAMP;
    }
}
