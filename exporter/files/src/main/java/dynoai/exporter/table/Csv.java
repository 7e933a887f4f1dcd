package dynoai.exporter.table;

import java.nio.charset.StandardCharsets;

/** Lines of cells as every table file has them: commas, CRLF, and the guard against formula injection. */
final class Csv {
    private final StringBuilder text = new StringBuilder(512);
    private boolean lineHasCells;

    /** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
    Csv cell(String cell) {
        if (lineHasCells) {
            text.append(',');
        }
        lineHasCells = true;
        if (!cell.isEmpty() && "=+-@".indexOf(cell.charAt(0)) >= 0) {
            text.append('\'');
        }
        text.append(cell);
        return this;
    }

    Csv endLine() {
        text.append("\r\n");
        lineHasCells = false;
        return this;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
