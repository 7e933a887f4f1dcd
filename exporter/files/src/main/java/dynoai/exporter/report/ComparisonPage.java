package dynoai.exporter.report;

import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.report.html.Legend;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page that compares two runs: what differs in words, then for each cylinder before, after and change. */
public final class ComparisonPage {
    private final StoredRun left;
    private final StoredRun right;
    private final HtmlPage page = new HtmlPage("Two runs compared");

    private ComparisonPage(StoredRun left, StoredRun right) {
        this.left = left;
        this.right = right;
    }

    /**
     * @param words what differs, as sentences
     * @param otherDifferences rows of place, left value and right value
     */
    public static byte[] render(
            StoredRun left, StoredRun right, List<String> words, List<List<String>> otherDifferences) {
        ComparisonPage comparison = new ComparisonPage(left, right);
        comparison.runs();
        comparison
                .page
                .section("What differs")
                .list(words.stream().map(HtmlPage::cut).toList());
        for (Cylinder cylinder : Cylinder.values()) {
            comparison.tables(cylinder.title() + " cylinder", left.delta(cylinder), right.delta(cylinder));
        }
        if (isMeanOffered(left) && isMeanOffered(right)) {
            comparison.tables("The mean of both cylinders", left.combined(), right.combined());
        }
        comparison.others(otherDifferences);
        return comparison.page.bytes(right.appVersion());
    }

    private static boolean isMeanOffered(StoredRun run) {
        @Nullable Verdict verdict = run.verdict();
        return verdict != null && verdict.mean().offered();
    }

    private void runs() {
        if (left.isReplay() != right.isReplay()) {
            page.warning("one of these runs is in the replay version, whose sign is inverted: its figures cannot be"
                    + " compared with the other's.");
        }
        page.table(
                "The runs",
                List.of("", "Before", "After"),
                List.of(
                        List.of("Run", left.runId(), right.runId()),
                        List.of("Made", left.createdAt(), right.createdAt()),
                        List.of("Log", HtmlPage.cut(left.log()), HtmlPage.cut(right.log())),
                        List.of("Math version", left.mathVersion(), right.mathVersion()),
                        List.of("Rows read", "" + left.rowsRead(), "" + right.rowsRead()),
                        List.of("Cells covered, front", covered(left, Cylinder.FRONT), covered(right, Cylinder.FRONT)),
                        List.of("Cells covered, rear", covered(left, Cylinder.REAR), covered(right, Cylinder.REAR))));
    }

    private static String covered(StoredRun run, Cylinder cylinder) {
        return run.covered(cylinder) + " of " + GridAxes.CELLS;
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
        StoredTables.delta(page, "Before, %", one, StoredTables.scale(left));
        page.raw("</div>\n<div>\n");
        StoredTables.delta(page, "After, %", other, StoredTables.scale(right));
        page.raw("</div>\n</div>\n");
        Grid second = Grid.of(difference);
        HeatScale scale = StoredTables.scale(left);
        new HeatTable(
                        "Change: after minus before, in percentage points",
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
            page.section("Field by field")
                    .table("Names, times and paths do not count", List.of("Where", "Before", "After"), rows);
        }
    }
}
