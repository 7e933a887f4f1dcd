package dynoai.dashboard.runs;

import dynoai.dashboard.board.Findings;
import dynoai.dashboard.board.Notice;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.engine.Vehicle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What a list shows of a run, from its manifest. */
final class ManifestLine {
    private ManifestLine() {}

    /** @param shop by the folder the run lies in */
    static RunLine of(String shop, Path folder) throws IOException {
        Tree manifest = Tree.read(folder.resolve(RunFolders.MANIFEST));
        String path = manifest.at("input", "path").text();
        boolean ok = manifest.at("ok").flag();
        String message = manifest.at("message").text();
        return new RunLine(
                shop,
                DropLocation.of(path, shop).cell(),
                folder.getFileName().toString(),
                path,
                manifest.at("input", "sha256").text(),
                ok ? RunState.DONE : RunState.FAILED,
                millis(manifest.at("timing", "start").text()),
                millis(manifest.at("timing", "end").text()),
                findings(folder, manifest, path),
                message.isEmpty() && ok
                        ? Notice.NONE
                        : Notice.of(
                                ok
                                        ? ""
                                        : "FAILED_AFTER_"
                                                + manifest.at("last_stage").text(),
                                message));
    }

    private static Findings findings(Path folder, Tree manifest, String path) throws IOException {
        Tree stats = manifest.at("stats");
        double clamp = manifest.at("args", "clamp").number();
        return new Findings(
                stats.at("rows_read").whole(),
                stats.at("front_accepted").whole() + stats.at("rear_accepted").whole(),
                delta(folder, GridKind.DELTA, clamp, (int)
                        stats.at("bins_covered").whole()),
                delta(folder, GridKind.DELTA_FRONT, clamp, -1),
                delta(folder, GridKind.DELTA_REAR, clamp, -1),
                (int) stats.at("anomalies").whole(),
                clamp,
                manifest.at("math_version").text(),
                manifest.at("input", "format").text(),
                Vehicle.of(path, manifest.at("args", "base_front").text()));
    }

    /** From the cells as written, sign and all: lean or rich is what a tuner must know. */
    private static Findings.Delta delta(Path folder, GridKind kind, double clamp, int covered) throws IOException {
        Optional<GridTable> table = GridTable.read(folder.resolve(kind.file()));
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
        } catch (DateTimeParseException none) {
            return 0;
        }
    }
}
