package dynoai.schemas.access;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.topic.TopicFollower;
import dynoai.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens and limits of all shops, as their topic has them. While Kafka cannot be reached, what was read last counts; what
 * is revoked meanwhile is refused once Kafka is back.
 */
public final class ShopRegistry implements Credentials, AutoCloseable {
    /** Compared with when there is no credential, so that an unknown id takes as long as a wrong secret. */
    private static final String NO_HASH = "0".repeat(64);

    private static final Token NO_TOKEN = new Token("", "");

    private final InstantSource clock;
    private final TopicFollower<ShopEntry> follower;
    private volatile Map<String, ShopEntry> entries = Map.of();
    private volatile boolean known;

    private ShopRegistry(KafkaClients kafka, StageEvents events, InstantSource clock) {
        this.clock = clock;
        this.follower = TopicFollower.start(kafka, Topics.SHOPS, new Entries(), events);
    }

    /** Starts to follow the topic. */
    public static ShopRegistry start(KafkaClients kafka, StageEvents events, InstantSource clock) {
        return new ShopRegistry(kafka, events, clock);
    }

    /** Whether the topic was read and Kafka can be reached. Before the first reading no token is valid. */
    public boolean isCurrent() {
        return follower.isCurrent();
    }

    @Override
    public Optional<Caller> find(String text) {
        Token token = Token.parse(text).orElse(NO_TOKEN);
        ShopEntry.@Nullable Credential credential = credential(token.id());
        String expected = credential == null ? NO_HASH : credential.secretSha256();
        boolean equal = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                token.secretSha256().getBytes(StandardCharsets.US_ASCII));
        if (!equal || credential == null || !credential.isValid(clock.millis())) {
            return Optional.empty();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(Role.ofKeys(credential.roles()));
        return Optional.of(new Caller(credential.shop(), roles, credential.id()));
    }

    @Override
    public boolean isValid(String id) {
        ShopEntry.@Nullable Credential credential = credential(id);
        return credential != null && credential.isValid(clock.millis());
    }

    @Override
    public boolean isKnown() {
        return known;
    }

    @Override
    public long certificatesRevokedUntil(String shop) {
        ShopEntry.Certificates none = ShopEntry.Certificates.none(shop);
        return entries.get(none.key()) instanceof ShopEntry.Certificates known
                ? known.revokedUntilMillis()
                : none.revokedUntilMillis();
    }

    @Override
    public ShopEntry.Limits limits(String shop) {
        ShopEntry.Limits none = ShopEntry.Limits.none(shop);
        return entries.get(none.key()) instanceof ShopEntry.Limits limits ? limits : none;
    }

    /** Returns all entries, also of credentials that are no longer valid. */
    public List<ShopEntry> entries() {
        return List.copyOf(entries.values());
    }

    private ShopEntry.@Nullable Credential credential(String id) {
        return entries.get(ShopEntry.Credential.key(id)) instanceof ShopEntry.Credential credential ? credential : null;
    }

    @Override
    public void close() {
        follower.close();
    }

    /** Takes the records of the topic. A reading from the beginning counts once it reached the end. */
    private final class Entries implements TopicFollower.Listener<ShopEntry> {
        private Map<String, ShopEntry> reading = new ConcurrentHashMap<>();

        @Override
        public void restarted() {
            reading = new ConcurrentHashMap<>();
        }

        @Override
        public void take(String key, @Nullable ShopEntry entry) {
            if (entry == null) {
                reading.remove(key);
            } else if (entry.key().equals(key)) {
                reading.put(key, entry);
            }
        }

        @Override
        public void caughtUp() {
            entries = reading;
            known = true;
        }
    }
}
