package dynoai.exporter.ve;

import dynoai.exporter.table.VeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application changes, cell by cell, before anything is written.
 *
 * @param base the table the factors are applied to, as named
 * @param factor the table of factors, as named
 * @param mathVersion by which the factors were made, where known
 * @param maxAdjustPct clamp of the factors, in percent, either way
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

    /** What becomes of a cell. */
    public enum Fate {
        /** It changes by its factor. */
        CHANGED,
        /** It changes by the largest factor allowed, since its own is larger. */
        AT_CLAMP,
        /** It has no factor, or one of 0. */
        UNCHANGED,
        /** It has a factor, but the mask or too few samples keep it as it is. */
        LEFT_ALONE,
        /** The base has no value here, so there is nothing to change. */
        EMPTY
    }

    /**
     * One cell; numbers that do not exist are NaN.
     *
     * @param factor in percent, as given
     * @param clamped in percent, as applied
     */
    public record Cell(
            String rpm, String kpa, double oldValue, double factor, double clamped, double newValue, Fate fate) {}

    static Preview of(
            String base, Factors factors, double maxAdjustPct, VeTable before, VeTable after, Set<Integer> leftAlone) {
        List<Cell> cells = new ArrayList<>();
        for (int cell = 0; cell < before.size(); cell++) {
            double factor = factors.table().at(cell);
            boolean kept = leftAlone.contains(cell);
            double clamped = kept ? 0 : Application.clamped(factor, maxAdjustPct);
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

    /** A page that needs nothing else. */
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
