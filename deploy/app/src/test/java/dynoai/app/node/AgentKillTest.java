package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.app.agent.DynoPc;
import dynoai.app.cluster.RunsOnKafka;
import dynoai.schemas.fault.CrashPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent that is killed at each step, of the upload, of the download and of what is around them; the order of the steps is that
 * of a seed, {@code -Ddynoai.seed=S}.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("broker")
@Tag("process")
class AgentKillTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(120);
    private static final int KILLED = 137;
    private static final int SEED = Integer.getInteger("dynoai.seed", 16);
    private static final int FILES = 20;

    /** More than one part. */
    private static final int ROWS = 8_000;

    private static final List<CrashPoint> STEPS = List.of(
            CrashPoint.INGEST_BEFORE_CLAIM,
            CrashPoint.INGEST_AFTER_CLAIM,
            CrashPoint.INGEST_BEFORE_STORE,
            CrashPoint.INGEST_AFTER_STORE,
            CrashPoint.INGEST_BEFORE_TRANSACTION,
            CrashPoint.AGENT_MID_UPLOAD,
            CrashPoint.INGEST_AFTER_COMMIT,
            CrashPoint.AGENT_MID_DOWNLOAD,
            CrashPoint.AGENT_MID_DOWNLOAD,
            CrashPoint.AGENT_BEFORE_RENAME,
            CrashPoint.AGENT_AFTER_RENAME,
            CrashPoint.INGEST_BEFORE_END,
            CrashPoint.INGEST_MID_END,
            CrashPoint.INGEST_AFTER_END);

    @TempDir
    Path temp;

    @Test
    void killedAgent_bringsEachRunBackOnceAndWhole() throws Exception {
        // Given
        Random random = new Random(SEED);
        List<CrashPoint> steps = new ArrayList<>(STEPS);
        Collections.shuffle(steps, random);
        NodeFixture home = NodeFixture.ofShop(temp.resolve("shop"), 0, "pc");
        KillReport report = new KillReport("kills of an agent, seed " + SEED);
        try (PipelineWithDoor pipeline = PipelineWithDoor.start(temp)) {
            DynoPc pc = DynoPc.of(temp.resolve("shop/pc"), "shop-a", pipeline.clients(), Optional.empty());
            // When
            for (CrashPoint step : steps) {
                home.dropLog(ROWS);
                int time = step == CrashPoint.AGENT_MID_DOWNLOAD ? 1 + random.nextInt(FILES) : 1;
                CommandProcess agent = pc.start(pipeline.url(), Map.of(CrashPoint.VARIABLE, step.key() + ":" + time));
                assertThat(agent.awaitEnd()).as(step + ": " + agent.said()).isEqualTo(KILLED);
                report.killed("agent", step.key() + ":" + time, home);
            }
            home.dropBroken();
            home.dropAgain(0);
            CommandProcess last = pc.start(pipeline.url(), Map.of());
            await().atMost(MAX_WAIT).until(home::isSettled);
            last.kill();
            // Then
            report.publish();
            home.holdsEveryPromise();
            RunsOnKafka.areOnce(pipeline.clients().properties(Map.of(), Map.of()), home.dropped());
        }
    }
}
