package dynoai.engine;

import dynoai.exporter.RunMetadata;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.table.InvalidTableException;
import dynoai.ingest.log.ByteObserver;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.text.LogSource;
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
 * <p>An invalid log, base table or target is rejected before a folder exists. A later failure leaves a run folder whose
 * manifest describes it, unless the target holds an earlier run. The log is hashed and copied from the bytes that are parsed;
 * a log that changes meanwhile is an error.
 */
public final class BatchAnalysis {
    /** Part of the names of temporary folders. */
    private static final String INSTANCE = "batch";

    private final InstantSource clock;

    public BatchAnalysis(InstantSource clock) {
        this.clock = clock;
    }

    public static BatchAnalysis ofSystemTime() {
        return new BatchAnalysis(Clock.systemUTC());
    }

    /**
     * Analyses a log and publishes its run folder.
     *
     * @param bytesRead receives the length of every piece of the log that was read
     * @throws LogRejectedException if the log cannot be analysed
     * @throws InvalidTableException if a base table is invalid or has other bins than the grid
     * @throws RunFolderOccupiedException if the target holds something other than an earlier run
     * @throws LogChangedException if the log changed while it was read
     * @throws RunFailedException if a stage after reading failed
     * @throws IOException if a file cannot be read or written
     */
    public PublishedRun analyze(RunRequest request, LongConsumer bytesRead)
            throws LogRejectedException, InvalidTableException, RunFolderOccupiedException, IOException {
        Instant started = clock.instant();
        AnalysisOptions options = request.options();
        LogFile log = LogFile.of(request.log());
        BaseTables baseTables = InputTables.baseTables(options);
        LogSource source = LogSource.of(request.log());
        LogPlan plan = LogReader.plan(source, options);
        Destination destination = destination(request.target(), started);
        RunMetadata metadata = new RunMetadata(
                destination.runId(), request.log().toAbsolutePath().normalize().toString(), started, clock);
        try (RunFolder folder = destination.open()) {
            FoldedLog folded;
            LogCopy.Copied copied;
            try (LogCopy copy = new LogCopy(folder.create(RunFolderLayout.LOG.file()))) {
                folded = FoldedLog.of(source, plan, options, request.threads(), observer(copy, bytesRead));
                copied = copy.finish();
            }
            log.checkUnchanged(copied.size());
            AnalysisResult.InputLog input = new AnalysisResult.InputLog(copied.sha256(), copied.size());
            FoldedRun run = new FoldedRun(input, baseTables, options, folded, metadata);
            try {
                AnalysisResult analysis = run.analyze();
                return new PublishedRun(
                        destination.runId(), destination.folder(), analysis, run.export(folder, analysis));
            } catch (RunFailedException e) {
                destination.publishFailure(folder, run, e);
                throw e;
            }
        }
    }

    private static ByteObserver observer(LogCopy copy, LongConsumer bytesRead) {
        return (buffer, from, to) -> {
            copy.bytes(buffer, from, to);
            bytesRead.accept(to - from);
        };
    }

    private static Destination destination(RunTarget target, Instant started) {
        String runId = RunId.fresh(started);
        if (target instanceof RunTarget.Among among) {
            while (Files.exists(among.runs().resolve(runId), LinkOption.NOFOLLOW_LINKS)) {
                runId = RunId.fresh(started);
            }
            return new Destination(runId, among.runs().resolve(runId), false);
        }
        return new Destination(runId, ((RunTarget.Exactly) target).folder(), true);
    }

    private record Destination(String runId, Path folder, boolean mayReplace) {
        RunFolder open() throws IOException, RunFolderOccupiedException {
            return mayReplace ? RunFolder.replacing(folder, INSTANCE) : RunFolder.fresh(folder, INSTANCE);
        }

        /** Publishes the log and a manifest of the failure, but never replaces an earlier run. */
        void publishFailure(RunFolder temporary, FoldedRun run, RunFailedException failure) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            try {
                temporary.keepOnly(RunFolderLayout.LOG.file());
                run.exportFailure(temporary, failure);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
