package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.meter.ShopTag;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's metrics page holds, however many shops there are and however often work changes hands. */
@Tag("broker")
class NodeMetricsTest {
    private static final Pattern ROWS_OF_SHOP =
            Pattern.compile("dynoai_exporter_rows_published_total\\{outcome=\"ok\",shop=\"([^\"]+)\"} (\\S+)");
    private static final int REBALANCES = 20;
    private static final int PARTITIONS = 4;

    @TempDir
    private Path temp;

    @Test
    void seriesPerShop_areBounded() {
        // Given
        try (NodeMetrics metrics = new NodeMetrics(temp)) {

            // When
            for (int i = 1; i <= 1000; i++) {
                metrics.listeners().exporter().runPublished(result("shop-" + i, 100));
            }

            // Then
            List<String> shops = new ArrayList<>();
            Matcher found = ROWS_OF_SHOP.matcher(metrics.page());
            while (found.find()) {
                shops.add(found.group(1));
            }
            assertThat(shops)
                    .hasSize(ShopTag.MAX_SHOPS + 1)
                    .contains("shop-1", "shop-200", ShopTag.OTHER)
                    .doesNotContain("shop-201");
        }
    }

    /** Kafka's own series come and go with the work of its threads: what would stay of each rebalance is many times the slack. */
    @Test
    void rebalances_leaveNoStaleMetrics() throws Exception {
        Set<String> before;
        try (LiveNode node = new LiveNode(temp)) {
            // Given
            node.drop("shop-a/cell-1/before.csv", 1);
            node.awaitIdle();
            KafkaStreams streams = node.streams();
            streams.addStreamThread();
            awaitThreads(streams, 3);
            await().atMost(LiveNode.MAX_WAIT).until(() -> isWhole(series(node)));
            before = series(node);

            // When: a thread leaves and another joins, with a rebalance each time
            for (int round = 0; round < REBALANCES / 2; round++) {
                node.drop("shop-a/cell-1/during-" + round + ".csv", 2 + round);
                streams.removeStreamThread(LiveNode.MAX_WAIT);
                awaitThreads(streams, 2);
                streams.addStreamThread();
                awaitThreads(streams, 3);
            }
            node.awaitIdle();

            // Then
            await().atMost(LiveNode.MAX_WAIT)
                    .untilAsserted(() -> assertThat(
                                    LiveNode.text(node.address("/metrics")).lines())
                            .contains("dynoai_analyzer_runs_open 0.0", "dynoai_analyzer_windows_open 0.0"));
            await().atMost(LiveNode.MAX_WAIT)
                    .untilAsserted(() -> assertThat(series(node)).hasSizeLessThan(before.size() * 3 / 2));
            Set<String> more = series(node);
            more.removeAll(before);
            assertThat(more.stream().filter(name -> name.startsWith("dynoai_"))).isEmpty();
            assertThat(LiveNode.text(node.address("/metrics")).lines().filter(line -> line.contains("NaN")))
                    .isEmpty();
        }
        await().atMost(LiveNode.MAX_WAIT)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.contains("micrometer"))
                        .doesNotContain(NodeMetrics.REFRESH_THREAD));
    }

    private static void awaitThreads(KafkaStreams streams, int count) {
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> streams.state() == KafkaStreams.State.RUNNING
                        && streams.metadataForLocalThreads().size() == count
                        && streams.metadataForLocalThreads().stream()
                                .allMatch(thread -> thread.threadState().equals("RUNNING"))
                        && tasks(streams) == PARTITIONS);
    }

    /** Whether every thread and every task has its series. */
    private static boolean isWhole(Set<String> series) {
        String all = String.join("\n", series);
        return IntStream.rangeClosed(1, 3).allMatch(thread -> all.contains("StreamThread-" + thread + "-consumer"))
                && IntStream.range(0, PARTITIONS).allMatch(task -> all.contains("task_id=\"0_" + task + '"'));
    }

    private static int tasks(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    private static Set<String> series(LiveNode node) throws Exception {
        Set<String> series = new HashSet<>();
        LiveNode.text(node.address("/metrics"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> series.add(line.substring(0, line.lastIndexOf(' '))));
        return series;
    }

    private static RunResult result(String shop, long rows) {
        long now = Duration.ofDays(20_000).toMillis();
        return new RunResult(
                new RunKey(shop, "r"),
                "default",
                1,
                "a.csv",
                "",
                true,
                "export",
                "",
                "",
                "r",
                "",
                "2.0.0",
                rows,
                1,
                5,
                5,
                now - 900,
                now,
                "");
    }
}
