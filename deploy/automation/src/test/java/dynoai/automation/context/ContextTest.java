package dynoai.automation.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContextTest {
    @Test
    void setTwice_historyHoldsWhoAndBothValues() {
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

    @Test
    void valuesWithoutJsonForm_areRefusedByNameAndType() {
        // Given
        Context context = new Context();
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        // Then
        assertThatThrownBy(() -> context.set("when", Instant.EPOCH, "x"))
                .isInstanceOf(InvalidContextException.class)
                .hasMessageContaining("'when'")
                .hasMessageContaining("not JSON-serializable")
                .hasMessageContaining("java.time.Instant");
        assertThatThrownBy(() -> context.set("x", Double.NaN, "x")).hasMessageContaining("not JSON-serializable");
        assertThatThrownBy(() -> context.set("x", Map.of(1, 2), "x")).hasMessageContaining("key that is not text");
        assertThatThrownBy(() -> context.set("x", itself, "x")).hasMessageContaining("contains itself");
        assertThat(context.toMap().isEmpty()).isTrue();
    }

    @Test
    void changingAListAfterSettingIt_changesNothingHere() {
        // Given
        Context context = new Context();
        List<Object> list = new ArrayList<>(List.of(1));
        context.set("list", list, "x");
        // When
        list.add(2);
        context.get("list").elements().forEachRemaining(element -> {});
        ((com.fasterxml.jackson.databind.node.ArrayNode) context.get("list")).add(3);
        // Then
        assertThat(context.get("list").toString()).isEqualTo("[1]");
    }

    @Test
    void listOperations_workByPathAndIndex() {
        // Given
        Context context = new Context();
        for (int i = 0; i < 4; i++) {
            context.append("data.numbers", i, "x");
        }
        // When
        int last = context.pop("data.numbers", -1, "x").intValue();
        int second = context.pop("data.numbers", 1, "x").intValue();
        // Then
        assertThat(new int[] {last, second}).containsExactly(3, 1);
        assertThat(context.get("data.numbers").toString()).isEqualTo("[0,2]");
        assertThat(context.get("data.numbers.-1").intValue()).isEqualTo(2);
        assertThatThrownBy(() -> context.pop("data.numbers", 2, "x")).hasMessageContaining("it has 2 elements");
        assertThatThrownBy(() -> context.append("data", 1, "x")).hasMessageContaining("not a list");
        assertThatThrownBy(() -> context.set("data.numbers.0.x", 1, "x")).hasMessageContaining("not an object but 0");
        assertThatThrownBy(() -> context.set("a..b", 1, "x")).hasMessageContaining("not a path");
        assertThatThrownBy(() -> context.delete("nowhere", "x")).hasMessageContaining("nothing at nowhere");
    }

    @Test
    void branch_isSeenOnlyAfterReplay() {
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
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        // Then
        assertThat(context.get("all")).hasSize(2_000);
        assertThat(context.getHistory("all")).hasSize(2_000);
    }
}
