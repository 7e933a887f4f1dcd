package dynoai.exporter.report;

import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.report.html.Legend;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The page that compares two runs: tables, their difference, and the options that differ. */
public final class ComparisonPage {
    private final StoredRun left;
    private final StoredRun right;
    private final HtmlPage page = new HtmlPage("Two runs compared");

    private ComparisonPage(StoredRun left, StoredRun right) {
        this.left = left;
        this.right = right;
    }

    /** @param otherDifferences rows of place, left value and right value */
    public static byte[] render(StoredRun left, StoredRun right, List<List<String>> otherDifferences) {
        ComparisonPage comparison = new ComparisonPage(left, right);
        comparison.runs();
        comparison.options();
        comparison.tables("Both cylinders", left.combined(), right.combined());
        for (Cylinder cylinder : Cylinder.values()) {
            comparison.tables(cylinder.title() + " cylinder", left.delta(cylinder), right.delta(cylinder));
        }
        comparison.others(otherDifferences);
        return comparison.page.bytes(right.appVersion());
    }

    private void runs() {
        if (left.isReplay() != right.isReplay()) {
            page.warning("one of these runs is in the replay version, whose sign is inverted: its figures cannot be"
                    + " compared with the other's.");
        }
        page.table(
                "The runs",
                List.of("", "First", "Second"),
                List.of(
                        List.of("Run", left.runId(), right.runId()),
                        List.of("Made", left.createdAt(), right.createdAt()),
                        List.of("Log", HtmlPage.cut(left.log()), HtmlPage.cut(right.log())),
                        List.of("Math version", left.mathVersion(), right.mathVersion()),
                        List.of("Rows read", "" + left.rowsRead(), "" + right.rowsRead()),
                        List.of("Cells covered, front", covered(left, Cylinder.FRONT), covered(right, Cylinder.FRONT)),
                        List.of("Cells covered, rear", covered(left, Cylinder.REAR), covered(right, Cylinder.REAR)),
                        List.of("Largest correction", StoredTables.largest(left), StoredTables.largest(right)),
                        List.of("Cells cut by the clamp", "" + left.clampedCells(), "" + right.clampedCells())));
    }

    private static String covered(StoredRun run, Cylinder cylinder) {
        return run.covered(cylinder) + " of " + GridAxes.CELLS;
    }

    private void options() {
        page.section("Options that differ");
        TreeSet<String> names = new TreeSet<>(left.options().keySet());
        names.addAll(right.options().keySet());
        List<List<String>> rows = new ArrayList<>();
        for (String name : names) {
            String one = left.options().getOrDefault(name, "not set");
            String other = right.options().getOrDefault(name, "not set");
            if (!one.equals(other)) {
                rows.add(List.of(name, HtmlPage.cut(one), HtmlPage.cut(other)));
            }
        }
        if (rows.isEmpty()) {
            page.paragraph("None.");
        } else {
            page.table("Options", List.of("Option", "First", "Second"), rows);
        }
    }

    private void tables(String title, Grid one, Grid other) {
        page.section(title);
        double[] difference = Grid.empty();
        int changed = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            difference[cell] = other.at(cell) - one.at(cell);
            if (difference[cell] != 0 && !(one.isEmpty(cell) && other.isEmpty(cell))) {
                changed++;
            }
        }
        page.paragraph(changed + (changed == 1 ? " cell differs." : " cells differ."));
        Legend.leanAndRich(page, StoredTables.scale(left));
        page.raw("<div class=\"pair\">\n<div>\n");
        StoredTables.delta(page, "First run, %", one, StoredTables.scale(left));
        page.raw("</div>\n<div>\n");
        StoredTables.delta(page, "Second run, %", other, StoredTables.scale(right));
        page.raw("</div>\n</div>\n");
        Grid second = Grid.of(difference);
        HeatScale scale = HeatScale.magnitude(StoredTables.FULL_PERCENT);
        new HeatTable(
                        "Difference: second minus first, in percentage points",
                        cell -> words(one, other, second, cell),
                        cell -> scale.style(second.at(cell)))
                .into(page);
    }

    private static String words(Grid one, Grid other, Grid difference, int cell) {
        if (!difference.isEmpty(cell)) {
            return Figures.percent(difference.at(cell));
        }
        return one.isEmpty(cell) && other.isEmpty(cell) ? "" : one.isEmpty(cell) ? "new" : "gone";
    }

    private void others(List<List<String>> differences) {
        if (!differences.isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            for (List<String> difference : differences) {
                rows.add(difference.stream().map(HtmlPage::cut).toList());
            }
            page.section("All differences")
                    .table("Names, times and paths do not count", List.of("Where", "First", "Second"), rows);
        }
    }
}
