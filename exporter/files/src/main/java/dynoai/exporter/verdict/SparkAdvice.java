package dynoai.exporter.verdict;

import dynoai.exporter.kernel.KnockRetard;
import dynoai.exporter.report.html.Figures;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The spark suggestion in its two parts. Knock was measured; the rear rule takes out a fixed amount in some cells, whether the log
 * has knock or not.
 *
 * @param knock the cells with knock, the highest first
 * @param ruleCells the cells of the rear cylinder that the rule changes
 * @param ruleDegrees the most that the rule takes out, never positive
 * @param measured whether the log has a column of knock
 */
public record SparkAdvice(List<Knock> knock, List<Integer> ruleCells, double ruleDegrees, boolean measured) {

    /**
     * Knock in a cell.
     *
     * @param retard highest knock retard of the log in degrees; NaN if the run does not record it
     * @param degrees suggested change for it, without the rule; negative
     */
    public record Knock(Cylinder cylinder, int cell, double retard, double degrees) {}

    /**
     * Divides the suggestions.
     *
     * @param sparkOf the suggestion for a cylinder in degrees
     * @param knockOf highest knock retard of each cell; empty cells have none
     * @param measured whether the log has a column of knock
     */
    static SparkAdvice of(
            Function<Cylinder, Grid> sparkOf, Function<Cylinder, Grid> knockOf, KnockRetard kernel, boolean measured) {
        List<Knock> found = new ArrayList<>();
        List<Integer> ruleCells = new ArrayList<>();
        double deepestRule = 0;
        for (Cylinder cylinder : Cylinder.values()) {
            Grid spark = sparkOf.apply(cylinder);
            Grid knock = knockOf.apply(cylinder);
            for (int cell = 0; cell < GridAxes.CELLS; cell++) {
                if (spark.isEmpty(cell)) {
                    continue;
                }
                double rule = kernel.rulePart(cylinder, cell, knock.at(cell), spark.at(cell));
                double pull = Math.rint((spark.at(cell) - rule) * 100) / 100;
                if (rule < 0) {
                    ruleCells.add(cell);
                    deepestRule = Math.min(deepestRule, rule);
                }
                if (pull < 0) {
                    found.add(new Knock(cylinder, cell, knock.at(cell), pull));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Knock::degrees)
                .thenComparing(each -> Double.isNaN(each.retard()) ? 0 : -each.retard()));
        return new SparkAdvice(List.copyOf(found), List.copyOf(ruleCells), deepestRule, measured);
    }

    /** Returns the knock found in words: where, and how much. */
    public String knockWords() {
        if (knock.isEmpty()) {
            return measured ? "no knock found" : "knock was not measured: the log has no column for it";
        }
        Knock worst = knock.get(0);
        String more = knock.size() == 1 ? "" : ", and in " + (knock.size() - 1) + " more";
        return "knock found: " + worst.cylinder().key() + " at " + Figures.place(worst.cell())
                + (Double.isNaN(worst.retard()) ? "" : ", " + Figures.number(worst.retard(), 1, false) + "° of retard")
                + more + (knock.size() == 1 ? "" : knock.size() == 2 ? " cell" : " cells") + "; take "
                + Figures.number(-worst.degrees(), 2, false) + "° out";
    }

    /** Returns the standing rule in words; empty if it changes no cell. */
    public String ruleWords() {
        if (ruleCells.isEmpty()) {
            return "";
        }
        int first = ruleCells.get(0);
        int last = ruleCells.get(ruleCells.size() - 1);
        return "standing rear rule: " + Figures.number(-ruleDegrees, 2, false) + "° out of the rear at "
                + GridAxes.rpmOfCell(first) + " to " + GridAxes.rpmOfCell(last) + " rpm, " + GridAxes.kpaOfCell(first)
                + " to " + GridAxes.kpaOfCell(last) + " kPa, in every run, knock or not";
    }
}
