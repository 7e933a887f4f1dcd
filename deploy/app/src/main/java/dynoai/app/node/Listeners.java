package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.IngestEvents;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Who hears of the stages of a node, stage by stage; several may. */
public record Listeners(IngestEvents ingest, AnalyzerEvents analyzer, ExporterEvents exporter) {

    public static Listeners of(Pipeline.Listener listener) {
        return new Listeners(listener, new AnalyzerEvents() {}, listener);
    }

    /** These, and then those. */
    public Listeners and(IngestEvents moreIngest, AnalyzerEvents moreAnalyzer, ExporterEvents moreExporter) {
        return new Listeners(
                both(IngestEvents.class, ingest, moreIngest),
                both(AnalyzerEvents.class, analyzer, moreAnalyzer),
                both(ExporterEvents.class, exporter, moreExporter));
    }

    /** Tells two listeners of everything, of events still to be invented too. */
    private static <T> T both(Class<T> events, T first, T second) {
        Object both = Proxy.newProxyInstance(events.getClassLoader(), new Class<?>[] {events}, (proxy, event, told) -> {
            Object answer = tell(first, event, told);
            return event.getDeclaringClass() == Object.class ? answer : tell(second, event, told);
        });
        return events.cast(both);
    }

    private static Object tell(Object listener, Method event, Object[] told) throws Throwable {
        try {
            return event.invoke(listener, told);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }
}
