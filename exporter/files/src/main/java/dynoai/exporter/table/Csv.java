package dynoai.exporter.table;

import java.nio.charset.StandardCharsets;

/** Writes table files: commas, CRLF, and a guard against formula injection. */
final class Csv {
    private final StringBuilder text = new StringBuilder(512);
    private boolean lineHasCells;

    /** Writes a cell, with an apostrophe first if a spreadsheet would take it for a formula. */
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
