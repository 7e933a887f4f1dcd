package dynoai.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.NodeFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 2 from the dyno PC's folder to the maps next to it, with faults that a seed chooses. {@code -Ddynoai.faults=N}
 * sets how many, {@code -Ddynoai.fault.seconds=S} how long each of them lasts, {@code -Ddynoai.seed=S} the seed,
 * {@code -Ddynoai.log.rows=N} how long the logs are whose uploads are cut at each part.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("broker")
@Tag("process")
@Tag("long")
class FleetTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(4);
    private static final int FAULTS = Integer.getInteger("dynoai.faults", 6);
    private static final Duration FAULT = Duration.ofSeconds(Integer.getInteger("dynoai.fault.seconds", 2));
    private static final int SEED = Integer.getInteger("dynoai.seed", 7);
    private static final int CUT_ROWS = Integer.getInteger("dynoai.log.rows", 15_000);

    /** What an agent sends first, and after a cut. */
    private static final int PART = 256 << 10;

    private static final int LARGE = 8 << 20;
    private static final int LARGE_ROWS = 150_000;
    private static final int CUTS = 12;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path temp;

    @Test
    void faultsOnTheWay_endEachLogOnceAtItsAgent() throws Exception {
        // Given
        Random random = new Random(SEED);
        FaultReport report = new FaultReport("faults of agents, intakes and admits, seed " + SEED);
        try (ShopFleet fleet = ShopFleet.start(temp)) {
            fleet.lineOfIsland().transitionTo(Link.State.CUT);
            fleet.fillingStore().setFull(true);
            cutLines(fleet, random);
            dropHazards(fleet);
            Load load = new Load(List.of(fleet.north(), fleet.harbour()), fleet.members(), random);
            // When
            for (Fault fault : Fault.plan(fleet.victims(), FAULTS, random)) {
                fault.strike(FAULT, load, random, report);
            }
            int refused = fleet.fillingStore().refused();
            fleet.fillingStore().setFull(false);
            fleet.lineOfIsland().transitionTo(Link.State.UP);
            awaitSettled(fleet);
            // Then
            report.note(fleet.cutUploads().made() + " cut uploads, " + refused + " refusals of a full store");
            report.publish();
            assertThat(refused).isPositive();
            assertThat(fleet.cutUploads().made()).isGreaterThan(3);
            assertThat(fleet.line().sent()).isGreaterThan(LARGE);
            int dropped = 0;
            for (NodeFixture home : fleet.homes()) {
                home.holdsEveryPromise();
                dropped += home.dropped();
            }
            RunsOnKafka.areOnce(fleet.client(), dropped);
        }
    }

    private static void cutLines(ShopFleet fleet, Random random) {
        for (int i = 0; i < CUTS; i++) {
            fleet.line().cutAfter(random.nextInt(LARGE));
        }
        List.of(-1, 0, 1).forEach(more -> fleet.line().cutAfter(LARGE + more));
        fleet.cutUploads().cutAroundEach(PART);
    }

    private static void dropHazards(ShopFleet fleet) throws Exception {
        Path lastReplyLost = fleet.harbour().writeOriginal(CUT_ROWS);
        fleet.cutUploads().loseReplyAt(Files.size(lastReplyLost));
        fleet.harbour().dropOriginal(lastReplyLost);
        fleet.north().dropLog(LARGE_ROWS);
        fleet.twins().dropEverywhere(CUT_ROWS);
        fleet.twins().dropEverywhere(1);
        for (int i = 0; i < 3; i++) {
            fleet.island().dropLog(CUT_ROWS / (i + 1));
            fleet.south().dropLog(CUT_ROWS / (i + 1));
        }
        for (NodeFixture home : fleet.homes()) {
            home.dropBroken();
        }
    }

    private static void awaitSettled(ShopFleet fleet) {
        await().atMost(MAX_WAIT).until(() -> {
            fleet.supervise();
            for (NodeFixture home : fleet.homes()) {
                if (!home.isSettled()) {
                    return false;
                }
            }
            return true;
        });
    }
}
