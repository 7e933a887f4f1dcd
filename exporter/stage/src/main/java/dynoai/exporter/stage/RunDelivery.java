package dynoai.exporter.stage;

import dynoai.exporter.FailedRun;
import dynoai.exporter.RunExport;
import dynoai.exporter.RunMetadata;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.analysis.RunAnalysis;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.manifest.Stage;
import dynoai.exporter.shelf.RunShelf;
import dynoai.exporter.shelf.ShelvedRun;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the folder of one run. Delivery is idempotent by run id: a published folder of the same log and options is
 * verified and reused.
 */
final class RunDelivery {
    private static final int MAX_TRIES = 3;

    private final SharedStore store;
    private final RunShelf runs;
    private final ExporterEvents events;
    private final InstantSource clock;
    private final RunResults results;

    RunDelivery(ExporterSettings settings, ExporterEvents events, InstantSource clock) {
        this.store = new SharedStore(settings);
        this.runs = settings.runs();
        this.events = events;
        this.clock = clock;
        this.results = new RunResults(clock);
    }

    /**
     * Returns the run's result; empty if it is already published, or if no ingest of this store sent the run.
     *
     * @throws TransientFailureException when the delivery must be retried later, without counting against the run
     */
    Optional<RunResult> deliver(RunOutcome outcome) throws TransientFailureException {
        if (outcome instanceof RunOutcome.Completed run) {
            RunSigner signer = store.signerFor(run.started());
            return isSent(run.key(), run.attempt(), run.started(), signer)
                    ? Optional.of(signer.sign(completed(run)))
                    : Optional.empty();
        }
        RunOutcome.Failed failed = (RunOutcome.Failed) outcome;
        @Nullable RunStarted started = failed.started().orElse(null);
        FailureCode code = failed.code();
        if (started == null) {
            return failUnlessDone(failed.key(), failed.attempt(), code, failed.message());
        }
        RunSigner signer = store.signerFor(started);
        return isSent(failed.key(), failed.attempt(), started, signer)
                ? Optional.of(signer.sign(
                        failure(started, failed.key(), failed.attempt(), null, Stage.PARSE, code, failed.message())))
                : Optional.empty();
    }

    /** Whether an ingest of this store sent the run; any other outcome must not take the run's id. */
    private boolean isSent(RunKey key, int attempt, RunStarted started, RunSigner signer) {
        boolean sent = key.shop().equals(started.shop())
                && key.runId().equals(started.runId())
                && signer.isSigned(started, attempt);
        if (!sent) {
            events.warning("run " + key, "ignored an outcome: no ingest of this store sent its attempt " + attempt);
        }
        return sent;
    }

    /** Fails a run of which only the key is known. A run with a published folder is left unchanged. */
    Optional<RunResult> failUnlessDone(RunKey key, int attempt, FailureCode code, String message)
            throws TransientFailureException {
        try {
            if (runs.find(key).filter(run -> run.manifest().ok()).isPresent()) {
                return Optional.empty();
            }
        } catch (UnsafePathException e) {
            events.warning("run " + key.runId(), "cannot check whether its folder is published: " + e);
        } catch (IOException e) {
            unlessTransient(e);
            events.warning("run " + key.runId(), "cannot check whether its folder is published: " + e);
        }
        return Optional.of(results.withoutFolder(key, attempt, code, message));
    }

    private RunResult completed(RunOutcome.Completed run) throws TransientFailureException {
        for (int tries = 1; ; tries++) {
            Exception cause;
            try {
                return export(run);
            } catch (RunFolderOccupiedException | UnsafePathException e) {
                return results.withoutFolder(
                        run.key(), run.attempt(), FailureCode.RUN_ID_CONFLICT, String.valueOf(e.getMessage()));
            } catch (InvalidTableException e) {
                return failure(run, FailureCode.BASE_TABLE_REFUSED, String.valueOf(e.getMessage()));
            } catch (InvalidOptionException e) {
                return failure(run, FailureCode.OPTION_REFUSED, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                cause = unlessTransient(e);
            } catch (RuntimeException bug) {
                cause = bug;
            }
            if (tries == MAX_TRIES) {
                return failure(run, FailureCode.EXPORT_FAILED, cause.toString());
            }
            events.transientFailure("run " + run.key().runId(), cause);
        }
    }

    private IOException unlessTransient(IOException failure) throws TransientFailureException {
        IOException classified = TransientFailureException.classify(failure, runs.drafts());
        if (classified instanceof TransientFailureException transientFailure) {
            throw transientFailure;
        }
        return classified;
    }

    private RunResult export(RunOutcome.Completed run)
            throws IOException, RunFolderOccupiedException, UnsafePathException, InvalidTableException,
                    InvalidOptionException {
        RunStarted started = run.started();
        AnalysisOptions options = started.analysisOptions();
        Optional<ShelvedRun> existing = runs.find(run.key());
        if (existing.isPresent() && PublishedRun.isOf(existing.get().manifest(), started, options)) {
            removeUnfinished(run.key());
            events.runFolderReused(started.runId());
            return runs.isIntact(existing.get())
                    ? results.ofFolder(
                            run.key(), started, run.attempt(), existing.get().manifest(), run.grids(), "")
                    : results.withoutFolder(
                            run.key(),
                            run.attempt(),
                            FailureCode.RUN_FOLDER_CHANGED,
                            runs.location(run.key()) + " is not what its manifest says");
        }
        CrashPoint.EXPORTER_BEFORE_FILES.reached();
        long began = System.nanoTime();
        AnalysisResult analysis =
                RunAnalysis.run(input(started), baseTables(started), options, started.description(), run.grids());
        long computed = System.nanoTime();
        Manifest manifest;
        try (RunFolder folder = begin(run.key(), existing, started)) {
            folder.adopt(RunFolderLayout.LOG.file(), store.log(started));
            manifest = RunExport.write(folder, analysis, metadata(started));
            CrashPoint.EXPORTER_BEFORE_FSYNC.reached();
            folder.publish();
        }
        removeUnfinished(run.key());
        CrashPoint.EXPORTER_AFTER_RENAME.reached();
        events.folderWritten(started.runId(), computed - began, System.nanoTime() - computed);
        return results.ofFolder(run.key(), started, run.attempt(), manifest, run.grids(), "");
    }

    /** The run is published, even if the unfinished folder of another exporter cannot be removed. */
    private void removeUnfinished(RunKey published) {
        try {
            runs.removeUnfinished(published);
        } catch (IOException | UnsafePathException e) {
            events.warning("run " + published.runId(), "an unfinished folder of it cannot be removed: " + e);
        }
    }

    /** Only the folder of a failed attempt at the same run may be replaced. */
    private RunFolder begin(RunKey key, Optional<ShelvedRun> existing, RunStarted started)
            throws IOException, RunFolderOccupiedException, UnsafePathException {
        return runs.begin(key, existing.filter(run -> PublishedRun.isFailedAttempt(run.manifest(), started)));
    }

    private BaseTables baseTables(RunStarted started) throws IOException, InvalidTableException {
        @Nullable String front = started.optionFiles().get(Option.BASE_FRONT.key());
        @Nullable String rear = started.optionFiles().get(Option.BASE_REAR.key());
        if (front == null) {
            return BaseTables.NONE;
        }
        String frontName = started.options().getOrDefault(Option.BASE_FRONT.key(), front);
        byte[] frontBytes = Files.readAllBytes(store.fetch(started, front));
        if (rear == null) {
            return BaseTables.of(frontName, frontBytes);
        }
        String rearName = started.options().getOrDefault(Option.BASE_REAR.key(), rear);
        return BaseTables.of(frontName, frontBytes, rearName, Files.readAllBytes(store.fetch(started, rear)));
    }

    private RunResult failure(RunOutcome.Completed run, FailureCode code, String message)
            throws TransientFailureException {
        return failure(run.started(), run.key(), run.attempt(), run.grids(), Stage.AGGREGATE, code, message);
    }

    private RunResult failure(
            RunStarted started,
            RunKey key,
            int attempt,
            @Nullable RunGrids grids,
            Stage lastStage,
            FailureCode code,
            String message)
            throws TransientFailureException {
        try {
            Optional<ShelvedRun> existing = runs.find(key);
            AnalysisOptions options = optionsOf(started);
            if (existing.isPresent() && PublishedRun.isOf(existing.get().manifest(), started, options)) {
                return results.ofFolder(key, started, attempt, existing.get().manifest(), grids, "");
            }
            FailedRun failed = new FailedRun(
                    input(started), BaseTables.NONE, options, started.description(), grids, lastStage, message);
            try (RunFolder folder = begin(key, existing, started)) {
                Manifest manifest = RunExport.writeFailure(folder, failed, metadata(started));
                folder.publish();
                return results.ofFolder(key, started, attempt, manifest, grids, code.name());
            }
        } catch (RunFolderOccupiedException | UnsafePathException e) {
            return results.withoutFolder(
                    key, attempt, FailureCode.RUN_ID_CONFLICT, e.getMessage() + "; and the run failed: " + message);
        } catch (IOException e) {
            IOException cause = unlessTransient(e);
            return results.withoutFolder(key, attempt, code, message + "; its folder could not be written: " + cause);
        }
    }

    /** Returns the defaults if the run's options are invalid, which may be why it failed. */
    private static AnalysisOptions optionsOf(RunStarted started) {
        try {
            return started.analysisOptions();
        } catch (InvalidOptionException ignored) {
            return AnalysisOptions.defaults();
        }
    }

    private static AnalysisResult.InputLog input(RunStarted started) {
        return new AnalysisResult.InputLog(started.sha256(), started.sizeBytes());
    }

    private RunMetadata metadata(RunStarted started) {
        return new RunMetadata(
                started.runId(), started.originalPath(), Instant.ofEpochMilli(started.ingestedAtMillis()), clock);
    }
}
