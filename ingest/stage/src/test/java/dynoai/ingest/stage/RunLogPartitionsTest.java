package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLogPartitionsTest {
    private static final List<String> KEYS =
            IntStream.range(0, 500).mapToObj(i -> "shop" + i % 7 + "/run-" + i).toList();

    @ParameterizedTest
    @CsvSource({"2, 1", "4, 3", "24, 20", "96, 80"})
    void smallAndLargeRuns_fillAllPartitionsAndShareNone(int count, int forSmall) {
        // Given
        RunLogPartitions partitions = new RunLogPartitions(count);
        // When
        Set<Integer> small = of(partitions, 60_000);
        Set<Integer> large = of(partitions, 2_000_000);
        // Then
        assertThat(small).isEqualTo(range(0, forSmall));
        assertThat(large).isEqualTo(range(forSmall, count));
    }

    @Test
    void onlyPartition_holdsEveryRun() {
        // Given
        RunLogPartitions partitions = new RunLogPartitions(1);
        // When
        Set<Integer> large = of(partitions, 2_000_000);
        // Then
        assertThat(large).containsExactly(0);
        assertThat(partitions.all("local/run")).containsExactly(0);
    }

    @Test
    void all_holdsThePartitionOfEverySize() {
        // Given
        RunLogPartitions partitions = new RunLogPartitions(24);
        // When
        List<Integer> all = partitions.all("local/run");
        // Then
        assertThat(all).containsExactly(partitions.of("local/run", 1), partitions.of("local/run", Long.MAX_VALUE));
    }

    @Test
    void byDefault_isWhatTheProducerChoosesForAKey() {
        // Given
        byte[] key = "local/run".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        // When
        int partition = RunLogPartitions.byDefault("local/run", 24);
        // Then
        assertThat(partition).isEqualTo(BuiltInPartitioner.partitionForKey(key, 24));
    }

    private static Set<Integer> of(RunLogPartitions partitions, long rows) {
        return KEYS.stream().map(key -> partitions.of(key, rows)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toSet());
    }
}
