package dynoai.exporter.stage;

import dynoai.exporter.AnalysisResult;
import dynoai.exporter.BaseTables;
import dynoai.exporter.FailedRun;
import dynoai.exporter.RunExport;
import dynoai.exporter.RunMetadata;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.Stage;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the folder of one run. The run's id is the key that makes this repeatable: a folder that is there already, of the
 * same log and options, is checked and its result told again.
 */
final class RunDelivery {
    static final String CONFLICT = "RUN_ID_CONFLICT";

    private static final String LOCAL_SHOP = "local";
    private static final String EXPORT_FAILED = "EXPORT_FAILED";
    private static final int TRIES = 3;

    private final ExporterSettings settings;
    private final SharedStore store;
    private final StaleTempFolders leftOvers;
    private final ExporterEvents events;
    private final InstantSource clock;

    RunDelivery(
            ExporterSettings settings,
            SharedStore store,
            StaleTempFolders leftOvers,
            ExporterEvents events,
            InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.leftOvers = leftOvers;
        this.events = events;
        this.clock = clock;
    }

    /**
     * @return the run's result; empty when there is nothing to tell
     * @throws TransientFailure when the same must be tried again later, however often
     */
    Optional<RunResult> deliver(RunOutcome outcome) throws TransientFailure {
        if (outcome instanceof RunOutcome.Completed run) {
            return Optional.of(completed(run));
        }
        RunOutcome.Failed failed = (RunOutcome.Failed) outcome;
        @Nullable RunStarted started = failed.started().orElse(null);
        String code = failed.code().name();
        return started == null
                ? failedUnlessDone(failed.key(), failed.attempt(), code, failed.message())
                : Optional.of(
                        failure(started, failed.key(), failed.attempt(), null, Stage.PARSE, code, failed.message()));
    }

    /** Fails a run by a record that tells nothing of it but its name; a run whose folder is there stays as it ended. */
    Optional<RunResult> failedUnlessDone(RunKey key, int attempt, String code, String message) {
        try {
            if (ExistingFolder.at(target(key)).ok()) {
                return Optional.empty();
            }
        } catch (IOException | UnsafePathException unknown) {
            events.transientFailure("run " + key.runId(), unknown);
        }
        return Optional.of(withoutFolder(key, attempt, code, message));
    }

    private RunResult completed(RunOutcome.Completed run) throws TransientFailure {
        Exception last = new IllegalStateException("never tried");
        for (int tries = 1; tries <= TRIES; tries++) {
            try {
                return export(run);
            } catch (RunFolderOccupiedException | UnsafePathException conflict) {
                return withoutFolder(run.key(), run.attempt(), CONFLICT, String.valueOf(conflict.getMessage()));
            } catch (InvalidTableException | InvalidOptionException refused) {
                return failure(
                        run.started(),
                        run.key(),
                        run.attempt(),
                        run.grids(),
                        Stage.AGGREGATE,
                        refused instanceof InvalidTableException ? "BASE_TABLE_REFUSED" : "OPTION_REFUSED",
                        String.valueOf(refused.getMessage()));
            } catch (IOException failed) {
                last = orObstacle(failed);
            } catch (RuntimeException bug) {
                last = bug;
            }
            events.transientFailure("run " + run.key().runId(), last);
        }
        return failure(
                run.started(), run.key(), run.attempt(), run.grids(), Stage.AGGREGATE, EXPORT_FAILED, last.toString());
    }

    private IOException orObstacle(IOException failed) throws TransientFailure {
        IOException judged = TransientFailure.orFailure(failed, settings.runs(), settings.store());
        if (judged instanceof TransientFailure obstacle) {
            throw obstacle;
        }
        return judged;
    }

    private RunResult export(RunOutcome.Completed run)
            throws IOException, RunFolderOccupiedException, UnsafePathException, InvalidTableException,
                    InvalidOptionException {
        RunStarted started = run.started();
        AnalysisOptions options = started.analysisOptions();
        Path target = target(run.key());
        ExistingFolder existing = ExistingFolder.at(target);
        if (existing.isOf(started, options) && existing.ok()) {
            removeLeftOvers(target);
            events.runFolderReused(started.runId());
            return existing.isWhole()
                    ? result(run.key(), started, run.attempt(), existing.manifest(), run.grids(), "")
                    : withoutFolder(
                            run.key(), run.attempt(), "RUN_FOLDER_CHANGED", target + " is not what its manifest says");
        }
        CrashPoint.EXPORTER_BEFORE_FILES.reached();
        long began = System.nanoTime();
        AnalysisResult facts =
                AnalysisResult.of(input(started), baseTables(started), options, started.description(), run.grids());
        long computed = System.nanoTime();
        Manifest manifest;
        try (RunFolder folder = begin(target, existing, started)) {
            folder.adopt(RunExport.LOG_FILE, store.log(started));
            manifest = RunExport.write(folder, facts, occasion(started));
            CrashPoint.EXPORTER_BEFORE_FSYNC.reached();
            folder.publish();
        }
        removeLeftOvers(target);
        CrashPoint.EXPORTER_AFTER_RENAME.reached();
        events.folderWritten(started.runId(), computed - began, System.nanoTime() - computed);
        return result(run.key(), started, run.attempt(), manifest, run.grids(), "");
    }

    /** The run is there, whatever becomes of what another exporter left of it. */
    private void removeLeftOvers(Path target) {
        try {
            leftOvers.runIsThere(target);
        } catch (IOException stays) {
            events.transientFailure("run " + target.getFileName(), stays);
        }
    }

    /** Only the folder of a failed attempt at the same run is ever replaced. */
    private RunFolder begin(Path target, ExistingFolder existing, RunStarted started)
            throws IOException, RunFolderOccupiedException {
        return existing.isFailedRun(started)
                ? RunFolder.replacing(target, settings.instance())
                : RunFolder.fresh(target, settings.instance());
    }

    private BaseTables baseTables(RunStarted started) throws IOException, InvalidTableException {
        @Nullable String front = started.optionFiles().get(Option.BASE_FRONT.key());
        @Nullable String rear = started.optionFiles().get(Option.BASE_REAR.key());
        if (front == null) {
            return BaseTables.NONE;
        }
        String frontName = started.options().getOrDefault(Option.BASE_FRONT.key(), front);
        byte[] frontBytes = Files.readAllBytes(ContentPath.of(settings.store(), front));
        if (rear == null) {
            return BaseTables.of(frontName, frontBytes);
        }
        String rearName = started.options().getOrDefault(Option.BASE_REAR.key(), rear);
        return BaseTables.of(
                frontName, frontBytes, rearName, Files.readAllBytes(ContentPath.of(settings.store(), rear)));
    }

    private RunResult failure(
            RunStarted started,
            RunKey key,
            int attempt,
            @Nullable RunGrids grids,
            Stage lastStage,
            String code,
            String message)
            throws TransientFailure {
        try {
            Path target = target(key);
            ExistingFolder existing = ExistingFolder.at(target);
            AnalysisOptions options = optionsOf(started);
            if (existing.isOf(started, options) && existing.ok()) {
                return result(key, started, attempt, existing.manifest(), grids, "");
            }
            FailedRun failed = new FailedRun(
                    input(started), BaseTables.NONE, options, started.description(), grids, lastStage, message);
            try (RunFolder folder = begin(target, existing, started)) {
                Manifest manifest = RunExport.writeFailure(folder, failed, occasion(started));
                folder.publish();
                return result(key, started, attempt, manifest, grids, code);
            }
        } catch (RunFolderOccupiedException | UnsafePathException conflict) {
            return withoutFolder(key, attempt, CONFLICT, conflict.getMessage() + "; and the run failed: " + message);
        } catch (IOException failed) {
            IOException cause = orObstacle(failed);
            return withoutFolder(key, attempt, code, message + "; nor could its folder be written: " + cause);
        }
    }

    private static AnalysisOptions optionsOf(RunStarted started) {
        try {
            return started.analysisOptions();
        } catch (InvalidOptionException refused) {
            return AnalysisOptions.defaults();
        }
    }

    private Path target(RunKey key) throws IOException, UnsafePathException {
        Path shop = key.shop().equals(LOCAL_SHOP) ? settings.runs() : SafePath.ofId(settings.runs(), key.shop());
        return SafePath.ofId(shop, key.runId());
    }

    private static AnalysisResult.InputLog input(RunStarted started) {
        return new AnalysisResult.InputLog(started.sha256(), started.sizeBytes());
    }

    private RunMetadata occasion(RunStarted started) {
        return new RunMetadata(
                started.runId(), started.originalPath(), Instant.ofEpochMilli(started.ingestedAtMillis()), clock);
    }

    private RunResult result(
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
                key.shop().equals(LOCAL_SHOP) ? key.runId() : key.toString(),
                manifest.ok() ? manifest.fingerprint() : "",
                manifest.mathVersion(),
                grids == null ? 0 : grids.rowsRead(),
                grids == null ? 0 : covered(grids),
                grids == null ? 0 : grids.front().accepted(),
                grids == null ? 0 : grids.rear().accepted(),
                started.ingestedAtMillis(),
                clock.millis());
    }

    private static int covered(RunGrids grids) {
        return (int)
                grids.front().coverage().stream().filter(samples -> samples > 0).count();
    }

    /** A failed run of which nothing can be put into a folder. */
    private RunResult withoutFolder(RunKey key, int attempt, String code, String message) {
        return new RunResult(
                key,
                "",
                attempt,
                "",
                "",
                false,
                Stage.PARSE.key(),
                code,
                message,
                "",
                "",
                "",
                0,
                0,
                0,
                0,
                0,
                clock.millis());
    }
}
