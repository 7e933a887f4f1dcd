package dynoai.dashboard.runs;

import dynoai.dashboard.board.Findings;
import dynoai.dashboard.board.Notice;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.engine.stored.Vehicle;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

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
        return new Findings(
                manifest.whole("stats", "rows_read"),
                manifest.whole("stats", "front_accepted") + manifest.whole("stats", "rear_accepted"),
                delta(folder, GridFile.DELTA, clamp, (int) manifest.whole("stats", "bins_covered")),
                delta(folder, GridFile.DELTA_FRONT, clamp, -1),
                delta(folder, GridFile.DELTA_REAR, clamp, -1),
                (int) manifest.whole("stats", "anomalies"),
                clamp,
                manifest.mathVersion(),
                manifest.text("input", "format"),
                Vehicle.of(path, manifest.text("args", "base_front")));
    }

    /** @param covered cells with samples; negative to count the cells of the table */
    private static Findings.Delta delta(Path folder, GridFile grid, double clamp, int covered) throws IOException {
        Optional<GridTable> table = GridTable.read(grid.in(folder));
        if (table.isEmpty()) {
            return covered < 0 ? Findings.Delta.UNKNOWN : new Findings.Delta(Double.NaN, 0, covered);
        }
        return new Findings.Delta(
                table.get().largest(),
                table.get().atClamp(clamp).size(),
                covered < 0 ? table.get().filled() : covered);
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException ignored) {
            return 0; // A failed run may have no end.
        }
    }
}
