package dynoai.engine.stored;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.pvv.PvvFile;
import dynoai.exporter.pvv.PvvItem;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.PasteReady;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A correction table of a run in the form that a tuning program takes.
 *
 * @param cylinder whose table; null for the mean of both
 * @param values what its cells are
 * @param withWeak whether cells with too few samples are in; left out they are empty
 * @param format of the text
 */
public record PasteTable(@Nullable Cylinder cylinder, Values values, boolean withWeak, Format format) {

    /** What the cells of a table are. */
    public enum Values {
        /** Percent of VE with its sign, two decimals. */
        PERCENT,
        /** Multipliers of VE, four decimals. */
        FACTOR,
        /** The updated VE table; only of runs with a base table. */
        ABSOLUTE
    }

    /** The form of the text. */
    public enum Format {
        /** Values only, with tabs: for TuneLab and WinPV. */
        CELLS("text/plain; charset=utf-8"),
        /** With axes. */
        CSV("text/csv; charset=utf-8"),
        /** Power Vision XML. */
        PVV("application/xml");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /**
     * Writes the table of a run folder.
     *
     * @throws InvalidRunFolderException if the run failed or was changed, or does not have or offer the table
     */
    public byte[] of(Path folder) throws IOException, InvalidRunFolderException {
        Manifest manifest = ManifestReader.read(folder);
        if (!manifest.ok()) {
            throw new InvalidRunFolderException("the run failed; it has no table");
        }
        Verdict verdict = Verdict.read(folder, manifest);
        if (cylinder == null && !verdict.mean().offered()) {
            throw new InvalidRunFolderException(verdict.mean().reason());
        }
        Grid delta = StoredRuns.table(folder, manifest, GridFile.of(GridFile.Kind.DELTA, cylinder));
        Grid table = withoutWeak(
                switch (values) {
                    case PERCENT -> delta;
                    case FACTOR -> delta.map(percent -> 1 + percent / 100);
                    case ABSOLUTE -> absolute(folder, manifest, verdict);
                },
                verdict);
        int decimals = values == Values.PERCENT ? 2 : 4;
        boolean plus = values == Values.PERCENT;
        return switch (format) {
            case CELLS -> PasteReady.write(table, decimals, plus);
            case CSV -> GridCsv.write(table, decimals, plus);
            case PVV -> PvvFile.write(List.of(item(VeTable.of(table))));
        };
    }

    private PvvItem item(VeTable table) {
        String what = values == Values.ABSOLUTE ? "VE" : "VE correction";
        String name = what + (cylinder == null ? " mean" : ' ' + cylinder.key());
        return values == Values.FACTOR ? new PvvItem(name, "", "kPa", "RPM", table) : PvvItem.of(name, table);
    }

    private Grid absolute(Path folder, Manifest manifest, Verdict verdict) throws IOException {
        if (cylinder == null || manifest.text("args", "base_front_sha256").isEmpty()) {
            throw new InvalidRunFolderException(
                    "absolute VE needs one cylinder of a run with a base table (--base-front)");
        }
        if (!Boolean.TRUE.equals(manifest.value("args", "per_cylinder"))
                && !verdict.mean().offered()) {
            throw new InvalidRunFolderException("the updated tables of this run rest on the mean of both cylinders. "
                    + verdict.mean().reason() + " Analyse the log with --per-cylinder");
        }
        return StoredRuns.table(folder, manifest, GridFile.of(GridFile.Kind.VE_TABLE, cylinder));
    }

    private Grid withoutWeak(Grid table, Verdict verdict) {
        if (withWeak) {
            return table;
        }
        double[] cells = table.toArray();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            int at = cell;
            long rows = Stream.of(Cylinder.values())
                    .filter(each -> cylinder == null || each == cylinder)
                    .mapToLong(each ->
                            verdict.corrections().of(each).ridden().rows().get(at))
                    .sum();
            if (rows < Diagnostics.ENOUGH_SAMPLES) {
                cells[cell] = Double.NaN;
            }
        }
        return Grid.of(cells);
    }
}
