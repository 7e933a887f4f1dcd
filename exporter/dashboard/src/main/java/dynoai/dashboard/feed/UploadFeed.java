package dynoai.dashboard.feed;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.topic.TopicFollower;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of logs that each shop has uploaded today, at all intakes together. A day is one of UTC, as in quotas. Thread-safe. */
public final class UploadFeed implements TopicFollower.Listener<LogAccepted>, AutoCloseable {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MAX_SHOPS = 10_000;

    private final InstantSource clock;
    private final Map<String, Long> bytes = new HashMap<>();
    private long day;
    private volatile @Nullable TopicFollower<LogAccepted> follower;

    public UploadFeed(InstantSource clock) {
        this.clock = clock;
    }

    /** Follows the accepted logs on Kafka from now on. */
    void follow(KafkaClients clients) {
        follower = TopicFollower.startAt(
                clients, Topics.INTAKE, () -> Instant.ofEpochMilli(today() * DAY_MILLIS), this, new StageEvents() {});
    }

    /** Returns the bytes that a shop has uploaded today. */
    public synchronized long bytesToday(String shop) {
        startDay();
        return bytes.getOrDefault(shop, 0L);
    }

    @Override
    public synchronized void restarted() {
        bytes.clear();
    }

    @Override
    public synchronized void take(String key, @Nullable LogAccepted log) {
        startDay();
        if (log == null || Math.floorDiv(log.acceptedAtMillis(), DAY_MILLIS) != day) {
            return;
        }
        if (bytes.size() < MAX_SHOPS || bytes.containsKey(log.shop())) {
            bytes.merge(log.shop(), log.sizeBytes(), Long::sum);
        }
    }

    private void startDay() {
        if (today() != day) {
            day = today();
            bytes.clear();
        }
    }

    private long today() {
        return Math.floorDiv(clock.millis(), DAY_MILLIS);
    }

    @Override
    public void caughtUp() {
        // Bytes that are not read yet are missing until they are.
    }

    @Override
    public void close() {
        @Nullable TopicFollower<LogAccepted> following = follower;
        if (following != null) {
            following.close();
        }
    }
}
