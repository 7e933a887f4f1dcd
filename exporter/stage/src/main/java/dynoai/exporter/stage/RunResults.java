package dynoai.exporter.stage;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.Stage;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes the run results that are published: of a run folder, or of a run without one. */
record RunResults(InstantSource clock) {
    /** @param code why the run failed; empty if it did not */
    RunResult ofFolder(
            RunKey key, RunStarted started, int attempt, Manifest manifest, @Nullable RunGrids grids, String code) {
        return new RunResult(
                key,
                started.cell(),
                attempt,
                started.fileName(),
                started.sha256(),
                manifest.ok(),
                String.valueOf(manifest.root().get("last_stage")),
                code,
                String.valueOf(manifest.message()),
                key.shop().equals(RunKey.LOCAL_SHOP) ? key.runId() : key.toString(),
                manifest.ok() ? manifest.fingerprint() : "",
                manifest.mathVersion(),
                grids == null ? 0 : grids.rowsRead(),
                grids == null ? 0 : covered(grids),
                grids == null ? 0 : grids.front().accepted(),
                grids == null ? 0 : grids.rear().accepted(),
                started.ingestedAtMillis(),
                clock.millis(),
                "");
    }

    RunResult withoutFolder(RunKey key, int attempt, FailureCode code, String message) {
        String lastStage = Stage.PARSE.key();
        long now = clock.millis();
        return new RunResult(
                key, "", attempt, "", "", false, lastStage, code.name(), message, "", "", "", 0, 0, 0, 0, 0, now, "");
    }

    private static int covered(RunGrids grids) {
        return (int)
                grids.front().coverage().stream().filter(samples -> samples > 0).count();
    }
}
