package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.run.IngestEvents;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An event that is added to a stage's interface must not get lost on its way to several listeners. */
class ListenersTest {
    private final List<String> received = new ArrayList<>();

    private <T> T recorder(Class<T> events, String name) {
        return events.cast(
                Proxy.newProxyInstance(events.getClassLoader(), new Class<?>[] {events}, (proxy, event, values) -> {
                    received.add(name + " " + event.getName());
                    return null;
                }));
    }

    private static <T> void reportEverything(Class<T> events, T listener) throws ReflectiveOperationException {
        for (Method event : eventsOf(events)) {
            Object[] values = Stream.of(event.getParameterTypes())
                    .map(type -> type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null)
                    .toArray();
            event.invoke(listener, values);
        }
    }

    private static List<Method> eventsOf(Class<?> events) {
        return Stream.of(events.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    private static List<String> expected(Class<?> events) {
        return eventsOf(events).stream()
                .flatMap(event -> Stream.of("first " + event.getName(), "second " + event.getName()))
                .toList();
    }

    @Test
    void everyEventOfTheIngest_reachesAllListeners() throws Exception {
        // Given
        IngestEvents both = new Listeners.IngestListeners(
                List.of(recorder(IngestEvents.class, "first"), recorder(IngestEvents.class, "second")));
        // When
        reportEverything(IngestEvents.class, both);
        // Then
        assertThat(received).containsExactlyElementsOf(expected(IngestEvents.class));
    }

    @Test
    void everyEventOfTheAnalyzer_reachesAllListeners() throws Exception {
        // Given
        AnalyzerEvents both = new Listeners.AnalyzerListeners(
                List.of(recorder(AnalyzerEvents.class, "first"), recorder(AnalyzerEvents.class, "second")));
        // When
        reportEverything(AnalyzerEvents.class, both);
        // Then
        assertThat(received).containsExactlyElementsOf(expected(AnalyzerEvents.class));
    }

    @Test
    void everyEventOfTheExporter_reachesAllListeners() throws Exception {
        // Given
        ExporterEvents both = new Listeners.ExporterListeners(
                List.of(recorder(ExporterEvents.class, "first"), recorder(ExporterEvents.class, "second")));
        // When
        reportEverything(ExporterEvents.class, both);
        // Then
        assertThat(received).containsExactlyElementsOf(expected(ExporterEvents.class));
    }
}
