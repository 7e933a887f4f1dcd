package dynoai.app.selftest;

import dynoai.app.node.KafkaConnection;
import dynoai.app.node.Listeners;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.Pipeline;
import dynoai.catalogue.CatalogueAddress;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.stored.Comparison;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.FileState;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.store.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a generated log through the pipeline with an embedded broker; its run must equal that of the batch analysis. */
final class PipelineCheck implements Check {
    private static final int ROWS = 3000;
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final long POLL_MILLIS = 100;
    private static final long MAX_WAIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String run(Path folder) throws Exception {
        Path log = folder.resolve("pull.csv");
        Files.write(log, SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1), ROWS));
        Path batch = folder.resolve("batch");
        BatchAnalysis.ofSystemTime()
                .analyze(new RunRequest(log, AnalysisOptions.defaults(), RunTarget.exactly(batch), 1), bytes -> {});
        Path run = throughPipeline(log, folder);
        Comparison comparison = Comparison.of(batch, run);
        if (!comparison.isEqual()) {
            throw new FailedCheckException("the run of the pipeline differs from that of the batch analysis in "
                    + comparison.differences().get(0).where());
        }
        return "a log of " + ROWS + " rows through the embedded broker gives the files of the batch analysis";
    }

    private static Path throughPipeline(Path log, Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path drop = Files.createDirectory(folder.resolve("drop"));
        FolderSettings ingest = FolderSettings.of(drop, new FolderStore(data.resolve("store")))
                .settle(SETTLE)
                .poll(SETTLE)
                .takeExisting(true);
        Path runs = folder.resolve("runs");
        NodeSettings settings = new NodeSettings(
                ingest,
                runs,
                data,
                CatalogueAddress.in(data),
                new KafkaConnection(null, Map.of(), 1, Namespace.DEFAULT),
                new NodeSettings.Stages(null, 1, 0, false));
        FirstResult result = new FirstResult();
        Pipeline pipeline = Pipeline.start(settings, Pipeline.everything(), Listeners.of(result));
        try {
            Files.copy(log, drop.resolve("pull.csv"));
            return runs.resolve(result.await(pipeline).folder());
        } finally {
            boolean interrupted = Thread.interrupted();
            pipeline.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class FirstResult implements Pipeline.Listener {
        private final CompletableFuture<RunResult> published = new CompletableFuture<>();

        @Override
        public void runPublished(RunResult result) {
            published.complete(result);
        }

        @Override
        public void fileChanged(Path file, FileState state) {
            if (state instanceof FileState.Rejected rejected) {
                published.completeExceptionally(new FailedCheckException("the log was rejected: " + rejected.code()));
            }
        }

        RunResult await(Pipeline pipeline) throws Exception {
            long until = System.nanoTime() + MAX_WAIT_NANOS;
            while (System.nanoTime() < until) {
                try {
                    RunResult result = published.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                    if (!result.ok()) {
                        throw new FailedCheckException("the run failed: " + result.message());
                    }
                    return result;
                } catch (TimeoutException e) {
                    if (pipeline.failure().isPresent()) {
                        throw new FailedCheckException("the pipeline cannot go on: " + pipeline.endReason());
                    }
                }
            }
            throw new FailedCheckException(
                    "the run did not end in time: " + pipeline.ready().text());
        }
    }
}
