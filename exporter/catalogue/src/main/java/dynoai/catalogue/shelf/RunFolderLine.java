package dynoai.catalogue.shelf;

import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.engine.stored.DropLocation;
import dynoai.engine.stored.Vehicle;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.verdict.Corrections;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The line of a run folder. */
final class RunFolderLine {
    private RunFolderLine() {}

    static RunLine of(String shop, Path folder, Manifest manifest) throws IOException {
        String path = manifest.text("input", "path");
        boolean ok = manifest.ok();
        String code = ok ? "" : "FAILED_AFTER_" + manifest.text("last_stage");
        String message = manifest.text("message");
        return new RunLine(
                shop,
                DropLocation.of(path, shop).cell(),
                folder.getFileName().toString(),
                path,
                manifest.inputSha256(),
                ok ? RunState.DONE : RunState.FAILED,
                millis(manifest.text("timing", "start")),
                millis(manifest.text("timing", "end")),
                findings(folder, manifest, path),
                Notice.of(code, message));
    }

    private static Findings findings(Path folder, Manifest manifest, String path) throws IOException {
        double clamp = manifest.number("args", "clamp");
        Corrections corrections = Corrections.read(folder, manifest);
        return new Findings(
                manifest.whole("stats", "rows_read"),
                manifest.whole("stats", "front_accepted") + manifest.whole("stats", "rear_accepted"),
                both(folder, clamp, (int) manifest.whole("stats", "bins_covered")),
                delta(corrections.front()),
                delta(corrections.rear()),
                (int) manifest.whole("stats", "anomalies"),
                clamp,
                manifest.mathVersion(),
                manifest.text("input", "format"),
                Vehicle.of(path, manifest.text("args", "base_front")),
                manifest.ok() && corrections.isThin());
    }

    private static Findings.Delta both(Path folder, double clamp, int covered) throws IOException {
        Optional<GridTable> table = GridTable.read(GridFile.DELTA.in(folder));
        return new Findings.Delta(
                table.isEmpty() ? Double.NaN : table.get().largest(),
                table.isEmpty() ? 0 : table.get().atClamp(clamp).size(),
                covered,
                0,
                Findings.Uncut.UNKNOWN);
    }

    private static Findings.Delta delta(CylinderFigures figures) {
        CylinderFigures.@Nullable Largest largest = figures.largest();
        int written = figures.delta().largestCell();
        return new Findings.Delta(
                written < 0 ? Double.NaN : figures.delta().at(written),
                figures.ridden().cut().size(),
                figures.corrected(),
                figures.weak(),
                largest == null || !largest.recorded()
                        ? Findings.Uncut.UNKNOWN
                        : new Findings.Uncut(
                                largest.percent(),
                                GridAxes.rpmOfCell(largest.cell()),
                                GridAxes.kpaOfCell(largest.cell())));
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException ignored) {
            return 0; // A failed run may have no end.
        }
    }
}
