package dynoai.app.node;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.KafkaReadiness;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Fails when a topic is deleted while the stages run, which they cannot recover from without a restart. Not ready while a
 * topic cannot be used.
 */
final class TopicMonitor implements Stage {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    /** A broker of a cluster may list a topic late. */
    private static final int LISTINGS_WITHOUT_A_TOPIC = 3;

    private final TopicLayout layout;
    private final Admin admin;
    private final TopicAdmin topics;
    private final KafkaReadiness readiness;
    private final RetryLoop loop;
    private int listings;
    private volatile Optional<String> failure = Optional.empty();

    private TopicMonitor(KafkaClients clients, TopicLayout layout) {
        this.layout = layout;
        this.admin = clients.admin(CALL_TIMEOUT);
        this.topics = new TopicAdmin(admin, layout, clients.namespace());
        this.readiness = KafkaReadiness.start(clients);
        // The stages themselves report that Kafka is unavailable.
        this.loop = RetryLoop.of("dynoai-topics", INTERVAL, INTERVAL, running -> check(), e -> e instanceof Exception);
    }

    static TopicMonitor start(KafkaClients clients, TopicLayout layout) {
        TopicMonitor monitor = new TopicMonitor(clients, layout);
        monitor.loop.start();
        return monitor;
    }

    private void check() throws KafkaUnavailableException {
        List<String> missing = topics.missing();
        listings = missing.isEmpty() ? 0 : listings + 1;
        if (listings >= LISTINGS_WITHOUT_A_TOPIC) {
            fail(missing);
        }
    }

    /** Checks without waiting for further listings, because a stage has failed. */
    void checkOnce() {
        try {
            List<String> missing = topics.missing();
            if (!missing.isEmpty()) {
                fail(missing);
            }
        } catch (KafkaUnavailableException ignored) {
            // Then the failure of the stage is all that is known.
        }
    }

    private void fail(List<String> missing) {
        failure = Optional.of("deleted while the node ran: " + String.join(", ", missing) + "; "
                + (layout.embedded()
                        ? "start it again: it creates them and sends the logs in flight again"
                        : "'dynoai topics create' creates them; then start the stages again"));
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public String notReadyReason() {
        return failure.orElseGet(readiness::notReadyReason);
    }

    @Override
    public boolean isIdle() {
        return failure.isEmpty();
    }

    @Override
    public Optional<String> failure() {
        return failure;
    }

    @Override
    public void close() {
        loop.requestStop();
        admin.close(Duration.ZERO);
        readiness.close();
    }
}
