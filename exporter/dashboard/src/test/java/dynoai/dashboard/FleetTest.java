package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.dashboard.feed.AgentFeed;
import dynoai.dashboard.feed.UploadFeed;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.AgentContact;
import dynoai.schemas.record.LogAccepted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
    @TempDir
    private Path folder;

    @Test
    void fleet_hasTheRunsAndAgentsOfEachShop() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            long now = System.currentTimeMillis();
            for (int i = 0; i < 20; i++) {
                fixture.dashboard().board().put(Lines.done("north", "bay-1", "run-" + i, "bike", now - 60_000 + i));
            }
            fixture.dashboard().board().put(Lines.done("south", "bay-1", "old", "bike", now - 90_000_000));
            fixture.dashboard()
                    .agents()
                    .take("west/pc", new AgentContact("west", "pc", "1.1.0", 1, 2, 3, 4, "no route"));

            fixture.dashboard().uploads().take("west", log("west", 700, now));
            fixture.dashboard().uploads().take("west", log("west", 77, now));
            fixture.dashboard()
                    .uploads()
                    .take("west", log("west", 9_000, now - Duration.ofDays(1).toMillis()));

            // A run that moves to the catalogue is counted twice for a moment.
            fixture.dashboard().board().flush();

            // When
            JsonTree fleet =
                    new JsonTree(Json.readObject(fixture.text("/api/v1/fleet").getBytes(StandardCharsets.UTF_8)));

            // Then
            List<?> shops = (List<?>) fleet.at("shops").value();
            assertThat(shops.stream().map(shop -> new JsonTree(shop).at("shop").text()))
                    .containsExactly("north", "south", "west");
            JsonTree north = new JsonTree(shops.get(0));
            assertThat(north.at("states", "done").whole()).isEqualTo(20);
            assertThat(north.at("measured").whole()).isEqualTo(20);
            assertThat(north.at("p95_ms").whole()).isEqualTo(900);
            assertThat(new JsonTree(shops.get(1)).at("p95_ms").value()).isNull();
            assertThat(north.at("bytes_today").whole()).isZero();
            assertThat(new JsonTree(shops.get(2)).at("bytes_today").whole()).isEqualTo(777);
            assertThat(new JsonTree(shops.get(2)).at("bytes_per_day").whole()).isEqualTo(100L << 30);
            assertThat(String.valueOf(shops.get(2))).contains("agent=pc", "last_error=no route", "waiting=3");
        }
    }

    private static LogAccepted log(String shop, long bytes, long acceptedAt) {
        return new LogAccepted(
                shop, "run-" + bytes, "bay-1", "", "pull.csv", bytes, "a".repeat(64), Map.of(), false, acceptedAt);
    }

    @Test
    void uploads_countForTheirDay_andFromTheStartAfterAReconnect() {
        // Given
        AtomicLong now = new AtomicLong(Duration.ofDays(30).toMillis() - 1);
        UploadFeed feed = new UploadFeed(() -> Instant.ofEpochMilli(now.get()));
        feed.take("north", log("north", 7, now.get()));
        long today = feed.bytesToday("north");

        // When
        feed.restarted();
        long reconnected = feed.bytesToday("north");
        feed.take("north", log("north", 5, now.get()));
        now.addAndGet(1);
        long tomorrow = feed.bytesToday("north");

        // Then
        assertThat(List.of(today, reconnected, tomorrow)).containsExactly(7L, 0L, 0L);
    }

    @Test
    void agents_areSilentAfterAQuarterOfAnHour_forAWeek() {
        // Given
        AgentFeed feed = new AgentFeed();
        long now = Duration.ofDays(30).toMillis();
        List<Duration> ages =
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(16), Duration.ofDays(6), Duration.ofDays(8));
        for (Duration age : ages) {
            feed.take("s/" + age, new AgentContact("s", age.toString(), "1", 0, now - age.toMillis(), 0, 0, ""));
        }

        // When
        long silent = feed.silent(now);

        // Then
        assertThat(silent).isEqualTo(2);
    }

    @Test
    void agentsOfAShop_leaveThoseOfOthers() {
        // Given
        AgentFeed feed = new AgentFeed();
        feed.take("north/pc", new AgentContact("north", "pc", "1", 0, 1, 0, 0, ""));

        // When
        for (int i = 0; i < 12_000; i++) {
            feed.take("s/a" + i, new AgentContact("s", "a" + i, "1", 0, i, 0, 0, ""));
        }
        feed.take("west/pc", new AgentContact("west", "pc", "1", 0, 1, 0, 0, ""));

        // Then
        assertThat(feed.contacts()).hasSize(52);
        assertThat(feed.contacts()).extracting(AgentContact::shop).contains("north", "west");
        assertThat(feed.contacts()).extracting(AgentContact::agent).contains("a11999");
    }

    @Test
    void contactsThatAreReadAgain_countOnceAllAreRead() {
        // Given
        AgentFeed feed = new AgentFeed();
        AgentContact old = new AgentContact("s", "old", "1", 0, 0, 0, 0, "");
        AgentContact fresh = new AgentContact("s", "fresh", "1", 0, 0, 0, 0, "");
        feed.take("s/old", old);

        // When
        feed.restarted();
        feed.take("s/fresh", fresh);
        List<AgentContact> reading = feed.contacts();
        feed.caughtUp();

        // Then
        assertThat(reading).containsExactly(old);
        assertThat(feed.contacts()).containsExactly(fresh);
    }
}
