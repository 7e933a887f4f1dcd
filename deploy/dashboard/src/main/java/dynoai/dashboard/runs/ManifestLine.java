package dynoai.dashboard.runs;

import dynoai.dashboard.board.Findings;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.dashboard.board.Trouble;
import dynoai.engine.Vehicle;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** What a list shows of a run, from its manifest. */
final class ManifestLine {
    private ManifestLine() {}

    /**
     * @param shop by the folder the run lies in
     * @param diagnostics what the run says of each cylinder; empty when it says nothing
     */
    static RunLine of(String shop, String runId, Tree manifest, Tree diagnostics) {
        String path = manifest.at("input", "path").text();
        boolean ok = manifest.at("ok").flag();
        String message = manifest.at("message").text();
        return new RunLine(
                shop,
                DropPlace.of(path, shop).cell(),
                runId,
                path,
                manifest.at("input", "sha256").text(),
                ok ? RunState.DONE : RunState.FAILED,
                millis(manifest.at("timing", "start").text()),
                millis(manifest.at("timing", "end").text()),
                findings(manifest, diagnostics, path),
                message.isEmpty() && ok
                        ? Trouble.NONE
                        : Trouble.of(
                                ok
                                        ? ""
                                        : "FAILED_AFTER_"
                                                + manifest.at("last_stage").text(),
                                message));
    }

    private static Findings findings(Tree manifest, Tree diagnostics, String path) {
        Tree stats = manifest.at("stats");
        Findings.Delta both = new Findings.Delta(
                stats.at("largest_correction_pct").number(),
                (int) stats.at("cells_clamped").whole(),
                (int) stats.at("bins_covered").whole());
        return new Findings(
                stats.at("rows_read").whole(),
                stats.at("front_accepted").whole() + stats.at("rear_accepted").whole(),
                both,
                delta(diagnostics.at("correction_diagnostics", "front")),
                delta(diagnostics.at("correction_diagnostics", "rear")),
                (int) stats.at("anomalies").whole(),
                manifest.at("args", "clamp").number(),
                manifest.at("math_version").text(),
                manifest.at("input", "format").text(),
                Vehicle.of(path, manifest.at("args", "base_front").text()));
    }

    private static Findings.Delta delta(Tree cylinder) {
        return new Findings.Delta(
                cylinder.at("largest_correction_pct").number(),
                (int) cylinder.at("clamped_cells").whole(),
                (int) cylinder.at("cells_covered").whole());
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException none) {
            return 0;
        }
    }
}
