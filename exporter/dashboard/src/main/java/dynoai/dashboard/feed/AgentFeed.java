package dynoai.dashboard.feed;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.AgentContact;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.topic.TopicFollower;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The latest contacts of the shops' agents. */
public final class AgentFeed implements TopicFollower.Listener<AgentContact>, AutoCloseable {
    /** An agent is in contact every minute. */
    private static final Duration SILENT = Duration.ofMinutes(15);

    private static final Duration FORGOTTEN = Duration.ofDays(7);
    private static final int MAX_AGENTS_OF_SHOP = 50;

    /** By shop, then by key. */
    private volatile Map<String, Map<String, AgentContact>> contacts = new ConcurrentHashMap<>();

    private Map<String, Map<String, AgentContact>> reading = contacts;
    private volatile @Nullable TopicFollower<AgentContact> follower;

    /** Follows the contacts on Kafka from now on. */
    void follow(KafkaClients clients) {
        follower = TopicFollower.start(clients, Topics.AGENTS, this, new StageEvents() {});
    }

    /** Returns the number of agents without a contact for a while; those that were silent for a week are no longer expected. */
    public long silent(long nowMillis) {
        return all().mapToLong(each -> nowMillis - each.contactMillis())
                .filter(age -> age > SILENT.toMillis() && age < FORGOTTEN.toMillis())
                .count();
    }

    /** Whether all contacts on Kafka are known. */
    public boolean isCurrent() {
        @Nullable TopicFollower<AgentContact> following = follower;
        return following != null && following.isCurrent();
    }

    /** Returns the latest contact of each agent, by shop and name. */
    public List<AgentContact> contacts() {
        return all().sorted(Comparator.comparing(AgentContact::shop).thenComparing(AgentContact::agent))
                .toList();
    }

    private Stream<AgentContact> all() {
        return contacts.values().stream().flatMap(ofShop -> ofShop.values().stream());
    }

    @Override
    public void restarted() {
        reading = new ConcurrentHashMap<>();
    }

    @Override
    public void take(String key, @Nullable AgentContact contact) {
        if (contact == null) {
            reading.values().forEach(ofShop -> ofShop.remove(key));
            return;
        }
        Map<String, AgentContact> ofShop = reading.computeIfAbsent(contact.shop(), shop -> new ConcurrentHashMap<>());
        ofShop.put(key, contact);
        if (ofShop.size() > MAX_AGENTS_OF_SHOP) {
            ofShop.values().stream()
                    .min(Comparator.comparingLong(AgentContact::contactMillis))
                    .ifPresent(oldest -> ofShop.remove(oldest.key()));
        }
    }

    @Override
    public void caughtUp() {
        contacts = reading;
    }

    @Override
    public void close() {
        @Nullable TopicFollower<AgentContact> following = follower;
        if (following != null) {
            following.close();
        }
    }
}
