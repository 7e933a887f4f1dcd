package dynoai.analyzer.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.junit.jupiter.api.Test;

class PreCommitHookStoreTest {
    @Test
    void publicApi_hasNoCallbackBeforeACommit() {
        // When
        Set<String> processor = methods(Processor.class);
        Set<String> context = methods(ProcessorContext.class);
        // Then
        assertThat(processor)
                .as("a new method may be a callback before a commit, and PreCommitHookStore unnecessary")
                .containsExactly("close", "init", "process");
        assertThat(context).filteredOn(name -> name.contains("ommit")).containsExactly("commit");
    }

    private static Set<String> methods(Class<?> type) {
        return Stream.of(type.getMethods()).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
