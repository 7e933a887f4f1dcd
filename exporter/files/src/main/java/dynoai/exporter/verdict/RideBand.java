package dynoai.exporter.verdict;

import dynoai.exporter.report.html.Figures;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells of one manifold pressure to ride in one pull.
 *
 * @param cells the cells in order of engine speed
 * @param weak how many of them have fewer rows than a cell needs
 * @param scattered how many of them have enough rows whose spread is too wide
 * @param widestSpread the widest spread among those, ± percent; 0 without one
 * @param cut how many of them the clamp has cut
 * @param missing rows that are missing in the cell that needs the most
 * @param seconds how long one pull should last
 * @param score the benefit; bands are in its order
 */
public record RideBand(
        List<Integer> cells,
        int weak,
        int scattered,
        double widestSpread,
        int cut,
        long missing,
        int seconds,
        long score) {

    public int kpa() {
        return GridAxes.kpaOfCell(cells.get(0));
    }

    public int lowestRpm() {
        return GridAxes.rpmOfCell(cells.get(0));
    }

    public int highestRpm() {
        return GridAxes.rpmOfCell(cells.get(cells.size() - 1));
    }

    /** Returns the band in words: {@code 95 kPa, 1500 to 4500 rpm}. */
    public String place() {
        return kpa() + " kPa, " + lowestRpm() + (lowestRpm() == highestRpm() ? " rpm" : " to " + highestRpm() + " rpm");
    }

    /** Returns the band and how to ride it: {@code 95 kPa, 1500 to 4500 rpm: 40 s in fourth}. */
    public String words() {
        return place() + ": " + seconds + " s in fourth";
    }

    /** Returns what one more pull there settles, as a sentence. */
    public String settles() {
        List<String> parts = new ArrayList<>();
        if (weak > 0) {
            parts.add(cells(weak) + (weak == 1 ? " gets its" : " get their") + " 10 samples");
        }
        if (scattered > 0) {
            parts.add(cells(scattered) + " with a spread of up to ± " + Figures.number(widestSpread, 2, false) + " %"
                    + (scattered == 1 ? " settles" : " settle"));
        }
        if (cut > 0) {
            parts.add(cells(cut) + " cut by the clamp " + (cut == 1 ? "shows" : "show")
                    + " what remains, once the new table is in");
        }
        String sentence = String.join("; ", parts) + ".";
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static String cells(int count) {
        return count + (count == 1 ? " cell" : " cells");
    }
}
