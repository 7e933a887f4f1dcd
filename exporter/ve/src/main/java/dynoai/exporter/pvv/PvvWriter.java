package dynoai.exporter.pvv;

import dynoai.exporter.table.FixedFormat;
import dynoai.exporter.table.VeTable;

/** Writes one table. Cells have four decimals; an empty cell has an empty value. */
final class PvvWriter {
    private static final int DECIMALS = 4;

    private PvvWriter() {}

    static void write(StringBuilder xml, PvvItem item) {
        VeTable table = item.table();
        xml.append("  <Item");
        attribute(xml, "name", item.name());
        attribute(xml, "units", item.units());
        xml.append(">\n    <Columns");
        attribute(xml, "units", item.columnUnits());
        xml.append(">\n");
        for (int column = 0; column < table.columns(); column++) {
            xml.append("      <Col");
            attribute(xml, "label", table.kpaLabel(column));
            xml.append("/>\n");
        }
        xml.append("    </Columns>\n    <Rows");
        attribute(xml, "units", item.rowUnits());
        xml.append(">\n");
        for (int row = 0; row < table.rows(); row++) {
            xml.append("      <Row");
            attribute(xml, "label", table.rpmLabel(row));
            xml.append(">\n");
            for (int column = 0; column < table.columns(); column++) {
                double cell = table.at(row, column);
                xml.append("        <Cell");
                attribute(xml, "value", Double.isNaN(cell) ? "" : FixedFormat.format(cell, DECIMALS, false));
                xml.append("/>\n");
            }
            xml.append("      </Row>\n");
        }
        xml.append("    </Rows>\n  </Item>\n");
    }

    private static void attribute(StringBuilder xml, String name, String value) {
        String escaped = value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x1f]", " ");
        xml.append(' ').append(name).append("=\"").append(escaped).append('"');
    }
}
