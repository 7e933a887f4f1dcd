package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 2 under load: processes are killed at moments chosen by a seed. {@code -Ddynoai.kills=N} sets how many,
 * {@code -Ddynoai.seed=S} the seed.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class RandomKillTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(180);
    private static final int KILLS = Integer.getInteger("dynoai.kills", 4);
    private static final int SEED = Integer.getInteger("dynoai.seed", 20261120);
    private static final int WIPE_EACH = 3;
    private static final int LONGEST_LOG = 20_000;

    @TempDir
    Path temp;

    @Test
    void killsOfTheNode_loseAndDuplicateNothing() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        Random random = new Random(SEED);
        KillReport report = new KillReport("kills of the whole node, seed " + SEED);
        // When
        for (int kill = 0; kill < KILLS; kill++) {
            dropLogs(home, random);
            CommandProcess node = CommandProcess.up(temp, Optional.empty());
            KillTrigger moment = KillTrigger.next(random, home, home.data());
            moment.awaitIn(node);
            node.kill();
            report.killed("up", moment, home);
            moment.firstRun().ifPresent(report::recovered);
            if (kill % WIPE_EACH == 2) {
                home.deleteState("data");
            }
        }
        CommandProcess last = CommandProcess.up(temp, Optional.empty());
        await().atMost(MAX_WAIT).until(home::isSettled);
        last.kill();
        // Then
        report.publish();
        home.holdsEveryPromise();
    }

    @Test
    void killsOfStagesAndBroker_loseAndDuplicateNothing() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        Random random = new Random(SEED);
        KillReport report = new KillReport("kills of single stages, seed " + SEED);
        List<String> members = List.of("analyzer", "broker", "ingest", "exporter");
        try (StagesApart stages = StagesApart.start(home, members)) {
            CommandProcess last = stages.get("ingest");
            // When
            for (int kill = 0; kill < KILLS; kill++) {
                String victim = members.get(kill % members.size());
                dropLogs(home, random);
                KillTrigger moment = KillTrigger.next(random, home, stages.data("broker"));
                moment.awaitIn(last);
                stages.kill(victim);
                report.killed(victim, moment, home);
                if (kill > 0) {
                    moment.firstRun().ifPresent(report::recovered);
                }
                if (victim.equals("analyzer") && kill % (WIPE_EACH * members.size()) == 0) {
                    home.deleteState("data-analyzer");
                }
                last = stages.start(victim);
            }
            await().atMost(MAX_WAIT).until(home::isSettled);
        }
        // Then
        report.publish();
        home.holdsEveryPromise();
    }

    private static void dropLogs(NodeFixture home, Random random) throws Exception {
        home.dropLog(1 + random.nextInt(LONGEST_LOG));
        home.dropLog(1 + random.nextInt(LONGEST_LOG));
    }
}
