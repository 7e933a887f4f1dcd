package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.dashboard.feed.AgentFeed;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.AgentContact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            assertThat(String.valueOf(shops.get(2))).contains("agent=pc", "last_error=no route", "waiting=3");
        }
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
