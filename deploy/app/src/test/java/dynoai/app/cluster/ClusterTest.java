package dynoai.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.LiveNode;
import dynoai.app.node.NodeFixture;
import dynoai.schemas.fault.TimeLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 2 on a cluster: every stage several times, three brokers, and faults that a seed chooses. {@code -Ddynoai.faults=N}
 * sets how many, {@code -Ddynoai.fault.seconds=S} how long each of them lasts, {@code -Ddynoai.outages=N}
 * and {@code -Ddynoai.outage.seconds=S} the same of outages of most brokers, {@code -Ddynoai.seed=S} the seed,
 * {@code -Ddynoai.shops=N} how many shops send logs with agents, through intakes and admits.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class ClusterTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(4);
    private static final Duration RECOVERY = Duration.ofSeconds(15);
    private static final int FAULTS = Integer.getInteger("dynoai.faults", 5);
    private static final Duration FAULT = Duration.ofSeconds(Integer.getInteger("dynoai.fault.seconds", 4));
    private static final int OUTAGES = Integer.getInteger("dynoai.outages", 1);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("dynoai.outage.seconds", 10));
    private static final int SEED = Integer.getInteger("dynoai.seed", 7);
    private static final int SHOPS = Integer.getInteger("dynoai.shops", 0);
    private static final int LOGS_PER_SHOP = 100_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path temp;

    private static NodeFixture home;
    private static final List<NodeFixture> SHOP_HOMES = new ArrayList<>();
    private static Fleet fleet;

    @BeforeAll
    static void startFleet() throws Exception {
        home = new NodeFixture(temp, Fleet.DROPS, Map.of());
        for (int i = 1; i <= SHOPS; i++) {
            SHOP_HOMES.add(NodeFixture.ofShop(temp.resolve("shop-" + i), i * LOGS_PER_SHOP, Fleet.COMPUTER));
        }
        fleet = Fleet.start(home, SHOP_HOMES);
    }

    @AfterAll
    static void stopFleet() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
    }

    @Test
    void faultsOfAnyMember_loseAndDuplicateNothing() throws Exception {
        // Given
        Random random = new Random(SEED);
        Load load = new Load(homes(), fleet.members(), random);
        FaultReport report = new FaultReport("faults of a fleet, seed " + SEED + ", " + FAULT.toSeconds() + " s each");
        // When
        load.untilDone(1);
        for (Fault fault : Fault.plan(fleet.members(), FAULTS, random)) {
            fault.strike(FAULT, load, random, report);
        }
        awaitSettled();
        // Then
        report.publish();
        holdsEveryPromise();
    }

    @Test
    void twoOfThreeBrokersGone_workGoesOnSoonAfterTheirReturn() throws Exception {
        // Given
        Random random = new Random(SEED);
        Load load = new Load(List.of(home), fleet.members(), random);
        FaultReport report = new FaultReport("two of three brokers gone, seed " + SEED);
        List<Duration> recoveries = new ArrayList<>();
        // When
        for (int i = 0; i < OUTAGES; i++) {
            load.untilDone(2);
            List<Member> victims = new ArrayList<>(fleet.brokers());
            victims.remove(random.nextInt(victims.size()));
            recoveries.add(outage(victims, load, report));
        }
        awaitSettled();
        // Then
        report.publish();
        assertThat(recoveries).allMatch(recovery -> recovery.compareTo(TimeLimit.timeFor(RECOVERY)) < 0);
        holdsEveryPromise();
    }

    /** Returns the time from when one of the victims serves again, which is enough for work, until all logs of that moment are done. */
    private static Duration outage(List<Member> victims, Load load, FaultReport report) throws Exception {
        victims.forEach(Member::kill);
        load.during(OUTAGE);
        for (Member victim : victims) {
            victim.restart();
        }
        long started = System.nanoTime();
        load.until(() -> victims.get(0).isReady() || victims.get(1).isReady());
        long returned = System.nanoTime();
        int waiting = home.dropped();
        load.untilDone(1);
        long first = System.nanoTime();
        load.until(() -> home.done() >= waiting);
        long all = System.nanoTime();
        report.note(String.format(
                Locale.ROOT,
                "%s: %.1f s to start, then %.1f s to the next log, %.1f s to all that waited",
                victims,
                (returned - started) / 1e9,
                (first - returned) / 1e9,
                (all - returned) / 1e9));
        return Duration.ofNanos(all - returned);
    }

    private static List<NodeFixture> homes() {
        List<NodeFixture> homes = new ArrayList<>(SHOP_HOMES);
        homes.add(home);
        return homes;
    }

    private static void awaitSettled() {
        for (NodeFixture each : homes()) {
            await().atMost(MAX_WAIT).until(each::isSettled);
        }
    }

    private static void holdsEveryPromise() throws Exception {
        home.fetchRuns(fleet.runs());
        int dropped = 0;
        for (NodeFixture each : homes()) {
            each.holdsEveryPromise();
            dropped += each.dropped();
        }
        RunsOnKafka.areOnce(fleet.client(), dropped);
        String shown = "\"total\":" + dropped + ",";
        await().atMost(MAX_WAIT)
                .until(() ->
                        LiveNode.text(fleet.dashboard() + "api/v1/runs?size=1").contains(shown));
    }
}
