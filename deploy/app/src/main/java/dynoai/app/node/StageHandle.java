package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerStage;
import dynoai.exporter.stage.ExporterStage;
import dynoai.ingest.stage.IngestStage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One stage of a running node, as its watchers see it.
 *
 * @param ready whether it works
 * @param idle whether it has nothing left to do
 * @param failure why it ended by itself; empty while it runs
 */
record StageHandle(
        String name, BooleanSupplier ready, BooleanSupplier idle, Supplier<Optional<String>> failure, Stop stop) {

    /** Ends a stage. */
    interface Stop {
        void now() throws IOException;
    }

    static StageHandle of(IngestStage stage) {
        return new StageHandle(stage.name(), stage::isReady, stage::isIdle, stage::failure, stage::close);
    }

    static StageHandle of(AnalyzerStage stage) {
        return new StageHandle("analyzer", stage::isReady, stage::isIdle, stage::failure, stage::close);
    }

    static StageHandle of(ExporterStage stage) {
        return new StageHandle("exporter", stage::isReady, stage::isIdle, stage::failure, stage::close);
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
