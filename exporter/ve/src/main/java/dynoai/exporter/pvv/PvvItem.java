package dynoai.exporter.pvv;

import dynoai.exporter.table.VeTable;

/**
 * One table of a Power Vision file.
 *
 * @param name of the table in the tuning software
 * @param units of its cells
 * @param columnUnits of the manifold pressures
 * @param rowUnits of the engine speeds
 */
public record PvvItem(String name, String units, String columnUnits, String rowUnits, VeTable table) {
    /** A VE table in percent by kPa and RPM. */
    public static PvvItem of(String name, VeTable table) {
        return new PvvItem(name, "%", "kPa", "RPM", table);
    }
}
