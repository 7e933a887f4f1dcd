package dynoai.engine;

import dynoai.exporter.AnalysisResult;
import dynoai.exporter.BaseTables;
import dynoai.exporter.RunMetadata;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.table.InvalidTableException;
import dynoai.ingest.log.ByteObserver;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.LogSource;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongConsumer;

/**
 * Analyses one log into one run folder.
 *
 * <p>What is refused (the log, a base table, the target) is refused before a folder is there. What fails later leaves a
 * run folder whose manifest says so, unless an earlier run is in its place. The log is hashed and copied from the very
 * bytes that are parsed, and a log that changed meanwhile is no run.
 */
public final class BatchAnalysis {
    /** Names left-over temporary folders of this program. */
    private static final String INSTANCE = "batch";

    private final InstantSource clock;

    /** @param clock tells when runs begin and end */
    public BatchAnalysis(InstantSource clock) {
        this.clock = clock;
    }

    public static BatchAnalysis ofSystemTime() {
        return new BatchAnalysis(Clock.systemUTC());
    }

    /**
     * @param bytesRead is told of every piece of the log that was read
     * @throws LogRejectedException when the log as a whole cannot be analysed
     * @throws InvalidTableException when a base table is none or has other bins than the grid
     * @throws RunFolderOccupiedException when the target holds something that is no earlier run
     * @throws LogChangedException when somebody wrote to the log meanwhile
     * @throws RunFailedException when a stage after reading failed
     * @throws IOException when a file cannot be read or written
     */
    public RunReport analyze(RunRequest request, LongConsumer bytesRead)
            throws LogRejectedException, InvalidTableException, RunFolderOccupiedException, IOException {
        Instant started = clock.instant();
        AnalysisOptions options = request.options();
        LogFile log = LogFile.of(request.log());
        BaseTables baseTables = InputTables.baseTables(options);
        LogSource source = LogSource.of(request.log());
        LogPlan plan = LogReader.plan(source, options);
        Place place = place(request.target(), started);
        RunMetadata occasion = new RunMetadata(
                place.runId(), request.log().toAbsolutePath().normalize().toString(), started, clock);
        RunStages stages = new RunStages(options, baseTables, occasion);
        try (RunFolder folder = place.open()) {
            FoldedLog folded;
            LogCopy.Copied copied;
            try (LogCopy copy = new LogCopy(folder.create(RunFolderLayout.LOG.file()))) {
                folded = FoldedLog.of(source, plan, options, request.threads(), observer(copy, bytesRead));
                copied = copy.finish();
            }
            log.refuseIfChanged(copied.size());
            try {
                AnalysisResult facts =
                        stages.facts(new AnalysisResult.InputLog(copied.sha256(), copied.size()), folded);
                Manifest manifest = stages.export(folder, facts);
                return new RunReport(place.runId(), place.folder(), facts, manifest);
            } catch (RunFailedException failed) {
                place.leaveFailure(folder, stages, failed);
                throw failed;
            }
        }
    }

    private static ByteObserver observer(LogCopy copy, LongConsumer bytesRead) {
        return (buffer, from, to) -> {
            copy.bytes(buffer, from, to);
            bytesRead.accept(to - from);
        };
    }

    private static Place place(RunTarget target, Instant started) {
        String runId = RunId.fresh(started);
        if (target instanceof RunTarget.Among among) {
            while (Files.exists(among.runs().resolve(runId), LinkOption.NOFOLLOW_LINKS)) {
                runId = RunId.fresh(started);
            }
            return new Place(runId, among.runs().resolve(runId), false);
        }
        return new Place(runId, ((RunTarget.Exactly) target).folder(), true);
    }

    /** Where a run goes. */
    private record Place(String runId, Path folder, boolean mayReplace) {
        RunFolder open() throws IOException, RunFolderOccupiedException {
            return mayReplace ? RunFolder.replacing(folder, INSTANCE) : RunFolder.fresh(folder, INSTANCE);
        }

        /**
         * Leaves the log and a manifest that says why. A failure never takes the place of an earlier run, and one that
         * cannot be written is only reported.
         */
        void leaveFailure(RunFolder begun, RunStages stages, RunFailedException failed) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            try {
                begun.keepOnly(RunFolderLayout.LOG.file());
                stages.exportFailure(begun, failed);
            } catch (IOException notEvenThat) {
                failed.addSuppressed(notEvenThat);
            }
        }
    }
}
