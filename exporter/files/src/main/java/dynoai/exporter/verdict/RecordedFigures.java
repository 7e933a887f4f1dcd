package dynoai.exporter.verdict;

import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run that only its report has: the corrections before the clamp, and the highest knock of each cell. They are
 * the small lines of the report's tables, which have the same form in reports of every version.
 */
final class RecordedFigures {
    private static final int MAX_BYTES = 1 << 20;
    private static final String NUMBER = "([+-]?[0-9][0-9.]*(?:E[+-]?[0-9]+)?)";
    private static final Pattern CELL =
            Pattern.compile("<td class=\"[^\"]*\"[^>]*>[^<]*(?:<small>([^<]*)</small>)?</td>");
    private static final Pattern CUT = Pattern.compile("cut from " + NUMBER);
    private static final Pattern KNOCK = Pattern.compile("knock " + NUMBER);

    private final Path folder;
    private @Nullable String html;

    /** @param folder the run folder; the report is read when it is first needed */
    RecordedFigures(Path folder) {
        this.folder = folder;
    }

    /** Whether the report has the corrections of a cylinder. */
    boolean hasCorrections(Cylinder cylinder) throws IOException {
        return html().contains(heading(corrections(cylinder)));
    }

    /** Returns the corrections before the clamp, of the cells that it has cut. */
    Grid beforeClamp(Cylinder cylinder) throws IOException {
        return grid(corrections(cylinder), CUT);
    }

    /** Returns the highest knock retard of each cell in degrees; empty without any. */
    Grid knock(Cylinder cylinder) throws IOException {
        return grid(cylinder.title() + " cylinder, degrees", KNOCK);
    }

    private static String corrections(Cylinder cylinder) {
        return cylinder.title() + " cylinder";
    }

    private static String heading(String caption) {
        return "<caption>" + caption + "</caption>";
    }

    private String html() throws IOException {
        if (html == null) {
            Path file = RunFolderLayout.REPORT.in(folder);
            html = "";
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                try (InputStream in = Files.newInputStream(file)) {
                    html = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
                }
            }
        }
        return html;
    }

    private Grid grid(String caption, Pattern wanted) throws IOException {
        String page = html();
        int start = page.indexOf(heading(caption));
        int end = page.indexOf("</table>", start);
        if (start < 0 || end < 0) {
            return Grid.EMPTY;
        }
        double[] cells = Grid.empty();
        Matcher each = CELL.matcher(page).region(start, end);
        for (int cell = 0; cell < GridAxes.CELLS && each.find(); cell++) {
            Matcher number = wanted.matcher(each.group(1) == null ? "" : each.group(1));
            if (number.find()) {
                cells[cell] = Double.parseDouble(number.group(1));
            }
        }
        return Grid.of(cells);
    }
}
