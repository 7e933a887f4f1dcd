/**
 * Table files. Start with {@link dynoai.exporter.table.GridCsv} (the grids of a run) and {@link
 * dynoai.exporter.table.VeTable} (a VE or factor table with any bins); {@link dynoai.exporter.table.PasteReady} writes a
 * grid for pasting. All of them write numbers with {@link dynoai.exporter.table.FixedFormat}, the only rounding rule.
 */
package dynoai.exporter.table;
