package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of {@link Attacks} on one node, one after another. During and after each, a shop's logs get done with the right bytes
 * and not much slower than before it, the node is ready, memory does not grow, and nothing around the node's folders is touched.
 * After an attack that does harm, the next one is on a new node.
 * {@code -Ddynoai.seed=S} sets the seed of all mutations.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileNodeTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("dynoai.nightly");
    private static final int SEED = Integer.getInteger("dynoai.seed", 20261121);
    private static final int WARM_UP_LOGS = 4;
    private static final int LOGS_BEFORE = NIGHTLY ? 9 : 2;
    private static final int LOGS_DURING = NIGHTLY ? 9 : 1;

    /** While these get done, the node finds what the last strikes left. */
    private static final int LOGS_AFTER = NIGHTLY ? 2 : 1;

    private static final long MAX_GROWTH_BYTES = 64 << 20;

    /** At night the promise; a build's machine is shared, and few logs measure little. */
    private static final double MAX_SLOWDOWN = NIGHTLY ? 2 : 20;

    @TempDir
    private static Path around;

    @TempDir
    private static Path own;

    private final ScheduledExecutorService attacker = Executors.newSingleThreadScheduledExecutor();
    private final AttackReport report = new AttackReport(SEED);
    private NodeUnderAttack node;
    private int nodes;
    private Map<String, String> before;
    private long bytesAtStart;

    @BeforeAll
    void start() throws Exception {
        String name = "node-" + nodes++;
        node = NodeUnderAttack.start(new Surroundings(around.resolve(name)), own.resolve(name), List.of());
        for (int i = 0; i < WARM_UP_LOGS; i++) {
            node.shop().logDone(node.process());
        }
        node.shop().awaitArchived();
        before = node.folders().hash();
        bytesAtStart = node.liveBytes();
    }

    @AfterAll
    void stop() throws Exception {
        attacker.shutdownNow();
        node.close();
        report.publish();
    }

    static Stream<Attack> attacks() {
        return Attacks.table();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @Order(1)
    void attack_harmsNoOtherShop(Attack attack) throws Exception {
        CompletableFuture<Void> strikes = new CompletableFuture<>();
        boolean held = false;
        try {
            assertHarmsNoOtherShop(attack, strikes);
            held = true;
        } finally {
            if (!held) {
                strikes.cancel(false);
                node.close();
                start();
            }
        }
    }

    private void assertHarmsNoOtherShop(Attack attack, CompletableFuture<Void> strikes) throws Exception {
        // Given
        List<Duration> calm = logs(LOGS_BEFORE, CompletableFuture.completedFuture(null));
        node.shop().awaitArchived();
        attack.prepare().run(node);

        // When
        schedule(attack, strikes);
        List<Duration> attacked = logs(LOGS_DURING, strikes);
        logs(LOGS_AFTER, CompletableFuture.completedFuture(null));

        // Then
        assertThat(strikes).as("seed %d: %s", SEED, attack.how()).isCompleted();
        assertHolds(attack);
        long grown = node.liveBytes() - bytesAtStart;
        double slowdown = report.add(attack, calm, attacked, grown);
        assertThat(grown)
                .as("seed %d: bytes of live objects more than at the start", SEED)
                .isLessThan(MAX_GROWTH_BYTES);
        assertThat(slowdown).as("seed %d: slowdown of other logs", SEED).isLessThanOrEqualTo(MAX_SLOWDOWN);
    }

    @Test
    @Order(2)
    void restartAfterAllAttacks_goesOn() throws Exception {
        // When
        node.restart();
        node.shop().logDone(node.process());

        // Then
        assertOthersAreUnharmed();
        FolderAttacks.noClaimWasFollowed(node);
        node.shop().assertAllRunsEqualBatch();
    }

    private void assertHolds(Attack attack) {
        try {
            attack.check().run(node);
            assertOthersAreUnharmed();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + SEED + ", after: " + attack.how() + "; must hold: " + attack.holds(), e);
        }
    }

    private void assertOthersAreUnharmed() throws Exception {
        node.awaitHealthy();
        node.shop().awaitArchived();
        node.shop().assertNewRunsEqualBatch();
        node.assertContextServerRuns();
        assertThat(node.folders().hash())
                .as("seed %d: files around the node's folders", SEED)
                .isEqualTo(before);
        node.folders().assertNotCopied();
    }

    /** Strikes at a fixed rate; completes after the last strike, or with the first that fails. */
    private void schedule(Attack attack, CompletableFuture<Void> done) {
        Mutator mutator = new Mutator(SEED + attack.name().hashCode(), tokens());
        int[] number = {0};
        ScheduledFuture<?> schedule = attacker.scheduleAtFixedRate(
                () -> {
                    try {
                        attack.strike().run(node, mutator, number[0]++);
                    } catch (Throwable e) {
                        done.completeExceptionally(new AssertionError("strike " + number[0] + " with seed " + SEED, e));
                    }
                    if (number[0] == attack.times()) {
                        done.complete(null);
                    }
                },
                0,
                TimeUnit.SECONDS.toNanos(1) / attack.perSecond(),
                TimeUnit.NANOSECONDS);
        done.whenComplete((nothing, failure) -> schedule.cancel(false));
    }

    private List<String> tokens() {
        List<String> tokens = new ArrayList<>(FolderAttacks.tokens(node.folders()));
        tokens.addAll(HttpAttacks.tokens());
        tokens.addAll(ContextAttacks.tokens());
        return tokens;
    }

    /** Drops one log after another until the attack is over. */
    private List<Duration> logs(int atLeast, CompletableFuture<Void> attack) throws Exception {
        List<Duration> times = new ArrayList<>();
        while (times.size() < atLeast || !attack.isDone()) {
            times.add(node.shop().logDone(node.process()));
        }
        return times;
    }
}
