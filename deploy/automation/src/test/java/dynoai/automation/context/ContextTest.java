package dynoai.automation.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContextTest {
    @Test
    void repeatedSet_keepsBothValuesAndTheirAuthors() {
        // Given
        Context context = new Context();
        // When
        context.set("metrics.mean_v1", 1.23, "compute");
        context.set("metrics.mean_v1", 2, "again");
        // Then
        assertThat(context.get("metrics.mean_v1").intValue()).isEqualTo(2);
        List<Change> history = context.getHistory("metrics.mean_v1");
        assertThat(history).extracting(Change::who).containsExactly("compute", "again");
        assertThat(history.get(0).oldValue().isMissingNode()).isTrue();
        assertThat(history.get(1).oldValue().doubleValue()).isEqualTo(1.23);
        assertThat(context.lastModified("metrics.mean_v1"))
                .contains(history.get(1).at());
        assertThat(context.toMap().toString()).isEqualTo("{\"metrics\":{\"mean_v1\":2}}");
    }

    static Stream<Arguments> valuesWithoutJsonForm() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return Stream.of(
                Arguments.of(Instant.EPOCH, "not JSON-serializable: a java.time.Instant"),
                Arguments.of(Path.of("a"), "not JSON-serializable"),
                Arguments.of(Double.NaN, "not JSON-serializable: JSON has no NaN"),
                Arguments.of(Map.of(1, 2), "key that is not text"),
                Arguments.of(itself, "contains itself"));
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutJsonForm")
    void valueWithoutJsonForm_isRejected(Object value, String message) {
        // Given
        Context context = new Context();
        // When
        Throwable thrown = catchThrowable(() -> context.set("when", value, "x"));
        // Then
        assertThat(thrown)
                .isInstanceOf(InvalidContextException.class)
                .hasMessageContaining("'when'")
                .hasMessageContaining(message);
        assertThat(context.toMap().isEmpty()).isTrue();
    }

    @Test
    void listChangedAfterSet_leavesTheContextUnchanged() {
        // Given
        Context context = new Context();
        List<Object> list = new ArrayList<>(List.of(1));
        context.set("list", list, "x");
        // When
        list.add(2);
        ((ArrayNode) context.get("list")).add(3);
        // Then
        assertThat(context.get("list").toString()).isEqualTo("[1]");
    }

    @Test
    void pop_takesAnElementByIndex() {
        // Given
        Context context = numbers();
        // When
        List<JsonNode> popped = List.of(context.pop("data.numbers", -1, "x"), context.pop("data.numbers", 1, "x"));
        // Then
        assertThat(popped).extracting(JsonNode::intValue).containsExactly(3, 1);
        assertThat(context.get("data.numbers").toString()).isEqualTo("[0,2]");
        assertThat(context.get("data.numbers.-1").intValue()).isEqualTo(2);
    }

    static Stream<Arguments> impossibleChanges() {
        return Stream.of(
                Arguments.of(change(context -> context.pop("data.numbers", 4, "x")), "it has 4 elements"),
                Arguments.of(change(context -> context.append("data", 1, "x")), "not a list"),
                Arguments.of(change(context -> context.set("data.numbers.0.x", 1, "x")), "not an object but 0"),
                Arguments.of(change(context -> context.set("a..b", 1, "x")), "not a path"),
                Arguments.of(change(context -> context.delete("nowhere", "x")), "nothing at nowhere"));
    }

    private static Consumer<Context> change(Consumer<Context> change) {
        return change;
    }

    @ParameterizedTest
    @MethodSource("impossibleChanges")
    void invalidChange_isRejectedWithItsReason(Consumer<Context> change, String message) {
        // Given
        Context context = numbers();
        // When
        Throwable thrown = catchThrowable(() -> change.accept(context));
        // Then
        assertThat(thrown).isInstanceOf(InvalidContextException.class).hasMessageContaining(message);
    }

    private static Context numbers() {
        Context context = new Context();
        for (int i = 0; i < 4; i++) {
            context.append("data.numbers", i, "x");
        }
        return context;
    }

    @Test
    void branch_isVisibleOnlyAfterReplay() {
        // Given
        Context context = new Context();
        context.set("a", 1, "x");
        Context branch = context.branch();
        branch.set("a", 2, "y");
        branch.append("list", 1, "y");
        branch.set("gone", 1, "y");
        branch.delete("gone", "y");
        String before = context.toMap().toString();
        // When
        context.replay(branch.ownChanges().stream()
                .map(change -> Change.fromJson(change.toJson()))
                .toList());
        // Then
        assertThat(before).isEqualTo("{\"a\":1}");
        assertThat(context.toMap()).isEqualTo(branch.toMap());
        assertThat(context.getHistory("a").get(1).oldValue().intValue()).isEqualTo(1);
    }

    @Test
    void manyThreads_loseNoAppend() throws InterruptedException {
        // Given
        Context context = new Context();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        // When
        for (int i = 0; i < 2_000; i++) {
            int number = i;
            threads.execute(() -> context.append("all", number, "t"));
        }
        threads.shutdown();
        boolean ended = threads.awaitTermination(60, TimeUnit.SECONDS);
        // Then
        assertThat(ended).isTrue();
        assertThat(context.get("all")).hasSize(2_000);
        assertThat(context.getHistory("all")).hasSize(2_000);
    }
}
