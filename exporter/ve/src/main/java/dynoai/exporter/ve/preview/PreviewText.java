package dynoai.exporter.ve.preview;

import dynoai.exporter.table.FixedFormat;

/** A preview for a terminal: the cells with a factor, then the number of cells of each kind. */
final class PreviewText {
    private PreviewText() {}

    static String of(Preview preview) {
        StringBuilder text = new StringBuilder();
        line(text, "rpm", "kPa", "old", "factor %", "applied %", "new", "");
        for (Preview.Cell cell : preview.cells()) {
            if (cell.fate() == Preview.Fate.UNCHANGED || cell.fate() == Preview.Fate.EMPTY) {
                continue;
            }
            line(
                    text,
                    cell.rpm(),
                    cell.kpa(),
                    number(cell.oldValue(), 4, false),
                    number(cell.factor(), 2, true),
                    number(cell.clamped(), 2, true),
                    number(cell.newValue(), 4, false),
                    note(cell.fate()));
        }
        text.append("changed ").append(preview.count(Preview.Fate.CHANGED) + preview.count(Preview.Fate.AT_CLAMP));
        text.append(" of ").append(preview.cells().size()).append(" cells, ");
        text.append(preview.count(Preview.Fate.AT_CLAMP)).append(" at the clamp of ±");
        text.append(preview.maxAdjustPct()).append(" %, ");
        text.append(preview.count(Preview.Fate.LEFT_ALONE)).append(" left alone, ");
        text.append(preview.count(Preview.Fate.UNCHANGED)).append(" without a factor, ");
        text.append(preview.count(Preview.Fate.EMPTY)).append(" empty\n");
        return text.toString();
    }

    private static String note(Preview.Fate fate) {
        return fate == Preview.Fate.AT_CLAMP ? "clamped" : fate == Preview.Fate.LEFT_ALONE ? "left alone" : "";
    }

    private static String number(double value, int decimals, boolean plus) {
        return Double.isNaN(value) ? "" : FixedFormat.format(value, decimals, plus);
    }

    private static void line(StringBuilder text, String rpm, String kpa, String... columns) {
        StringBuilder line = new StringBuilder();
        right(line, rpm, 6);
        right(line, kpa, 6);
        for (int i = 0; i < columns.length - 1; i++) {
            right(line, columns[i], 12);
        }
        line.append("  ").append(columns[columns.length - 1]);
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void right(StringBuilder line, String cell, int width) {
        line.append(" ".repeat(Math.max(1, width - cell.length()))).append(cell);
    }
}
