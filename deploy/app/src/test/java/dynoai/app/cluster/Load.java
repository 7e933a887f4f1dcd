package dynoai.app.cluster;

import static org.awaitility.Awaitility.await;

import dynoai.app.node.NodeFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Drops logs so that a few are always on their way, and measures how long none of them arrives. */
final class Load {
    /** Longer than all that a stage may wait for by design, on a machine with other work. */
    private static final Duration MAX_SILENCE = Duration.ofMinutes(4);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int BACKLOG = 6;
    private static final int LONGEST_LOG = 4000;

    private final List<NodeFixture> homes;
    private final List<Member> members;
    private final Random random;
    private int done;
    private long lastDone = System.nanoTime();
    private Duration longestSilence = Duration.ZERO;

    /** @param homes get logs in turn */
    Load(List<NodeFixture> homes, List<Member> members, Random random) {
        this.homes = List.copyOf(homes);
        this.members = members;
        this.random = random;
    }

    /** Goes on until some more logs are done. */
    void untilDone(int more) throws Exception {
        step();
        int goal = done + more;
        await().atMost(MAX_SILENCE.multipliedBy(more)).pollInterval(POLL).until(() -> {
            step();
            return done >= goal;
        });
    }

    /** Goes on until a condition holds. */
    void until(Callable<Boolean> condition) {
        await().atMost(MAX_SILENCE).pollInterval(POLL).until(() -> {
            step();
            return condition.call();
        });
    }

    /** Goes on for a time. */
    void during(Duration time) {
        long begin = System.nanoTime();
        await().atMost(time.plus(MAX_SILENCE)).pollInterval(POLL).until(() -> {
            step();
            return System.nanoTime() - begin >= time.toNanos();
        });
    }

    private void step() throws Exception {
        for (Member member : members) {
            member.supervise();
        }
        int now = done();
        if (now > done) {
            longestSilence = max(longestSilence, silence());
            lastDone = System.nanoTime();
            done = now;
        }
        while (dropped() - done < BACKLOG) {
            homes.get(dropped() % homes.size()).dropLog(1 + random.nextInt(LONGEST_LOG));
        }
    }

    private int done() throws IOException {
        int all = 0;
        for (NodeFixture home : homes) {
            all += home.done();
        }
        return all;
    }

    private int dropped() {
        return homes.stream().mapToInt(NodeFixture::dropped).sum();
    }

    private Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastDone);
    }

    /** Starts to measure {@link #longestSilence} from now. */
    void measureFromNow() {
        lastDone = System.nanoTime();
        longestSilence = Duration.ZERO;
    }

    /** Returns the longest time in which no log was done. */
    Duration longestSilence() {
        return max(longestSilence, silence());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
