package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.IngestEvents;
import java.util.List;

/** The listeners of a node's stages. */
public record Listeners(IngestEvents ingest, AnalyzerEvents analyzer, ExporterEvents exporter) {

    public static Listeners of(Pipeline.Listener listener) {
        return new Listeners(listener, new AnalyzerEvents() {}, listener);
    }

    /** Returns listeners that pass every event to these, then to the others. */
    public Listeners and(IngestEvents moreIngest, AnalyzerEvents moreAnalyzer, ExporterEvents moreExporter) {
        return new Listeners(
                new IngestListeners(List.of(ingest, moreIngest)),
                new AnalyzerListeners(List.of(analyzer, moreAnalyzer)),
                new ExporterListeners(List.of(exporter, moreExporter)));
    }
}
