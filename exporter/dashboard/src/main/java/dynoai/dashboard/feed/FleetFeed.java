package dynoai.dashboard.feed;

import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.stage.StageEvents;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What Kafka has of the shops themselves: their agents, what they uploaded today, and their limits. */
public final class FleetFeed implements AutoCloseable {
    private final AgentFeed agents = new AgentFeed();
    private final UploadFeed uploads = new UploadFeed(Clock.systemUTC());
    private volatile @Nullable ShopRegistry shops;

    /** Follows the shops on Kafka from now on. */
    public void follow(KafkaClients clients) {
        agents.follow(clients);
        uploads.follow(clients);
        shops = ShopRegistry.start(clients, new StageEvents() {}, Clock.systemUTC());
    }

    public AgentFeed agents() {
        return agents;
    }

    public UploadFeed uploads() {
        return uploads;
    }

    /** Returns the limits of a shop. */
    public ShopEntry.Limits limits(String shop) {
        @Nullable ShopRegistry known = shops;
        return known == null ? ShopEntry.Limits.none(shop) : known.limits(shop);
    }

    @Override
    public void close() {
        agents.close();
        uploads.close();
        @Nullable ShopRegistry known = shops;
        if (known != null) {
            known.close();
        }
    }
}
