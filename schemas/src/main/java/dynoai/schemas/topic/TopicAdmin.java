package dynoai.schemas.topic;

import dynoai.schemas.kafka.Namespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Creates the topics and checks them, so that a wrong setting is found at start and not at the first record. */
public final class TopicAdmin {
    /** The metadata level of Kafka 4.0, the oldest supported version. */
    private static final short MIN_METADATA_VERSION = 25;

    private static final short MIN_TRANSACTION_VERSION = 2;
    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final long TIMEOUT_SECONDS = 30;

    private final Admin admin;
    private final TopicLayout layout;
    private final Map<String, TopicLayout.Settings> topics;
    private final String changelogs;

    public TopicAdmin(Admin admin, TopicLayout layout, Namespace namespace) {
        this.admin = admin;
        this.layout = layout;
        this.topics = layout.settings(namespace);
        this.changelogs = Groups.analyzer(namespace) + '-';
    }

    /**
     * Creates the missing topics. Existing ones stay unchanged.
     *
     * @return the names of the created topics
     */
    public List<String> create() throws KafkaUnavailableException {
        Map<String, TopicLayout.Settings> wanted = new TreeMap<>(topics);
        wanted.keySet().removeAll(existing());
        List<NewTopic> missing = new ArrayList<>();
        wanted.forEach((name, settings) -> missing.add(
                new NewTopic(name, settings.partitions(), layout.replication()).configs(settings.configs())));
        Map<String, KafkaFuture<Void>> created = admin.createTopics(missing).values();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<Void>> topic : created.entrySet()) {
            try {
                await("creating topic " + topic.getKey(), topic.getValue());
                names.add(topic.getKey());
            } catch (KafkaUnavailableException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return names;
    }

    /** Returns the names of the topics that do not exist. */
    public List<String> missing() throws KafkaUnavailableException {
        Set<String> existing = existing();
        return topics.keySet().stream().filter(name -> !existing.contains(name)).toList();
    }

    /** Returns a sentence for each problem of brokers and topics. */
    public List<String> check() throws KafkaUnavailableException {
        List<String> findings = new ArrayList<>();
        checkFeatures(findings);
        for (String name : missing()) {
            findings.add("topic " + name + " is missing; 'dynoai topics create' creates it");
        }
        Map<String, TopicLayout.Settings> present = present();
        Map<String, TopicDescription> descriptions = await(
                "describing topics", admin.describeTopics(present.keySet()).allTopicNames());
        descriptions.forEach((name, topic) -> checkReplicas(topic, topics.get(name), findings));
        for (Deviation found : deviations(present)) {
            findings.add("topic " + found.topic() + " has " + found.key() + "=" + found.value() + ", expected "
                    + found.expected());
        }
        return findings;
    }

    /**
     * Sets what {@link #check} finds in the settings of existing topics. Partitions and replicas stay as they are.
     *
     * @return what was set
     */
    public List<String> repair() throws KafkaUnavailableException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        List<String> repaired = new ArrayList<>();
        for (Deviation found : deviations(present())) {
            changes.computeIfAbsent(resource(found.topic()), topic -> new ArrayList<>())
                    .add(new AlterConfigOp(new ConfigEntry(found.key(), found.expected()), AlterConfigOp.OpType.SET));
            repaired.add(found.key() + "=" + found.expected() + " of " + found.topic());
        }
        if (!changes.isEmpty()) {
            await("setting up topics", admin.incrementalAlterConfigs(changes).all());
        }
        return repaired;
    }

    /** A setting of a topic that is not as it must be. */
    private record Deviation(String topic, String key, String value, String expected) {}

    /** The expected settings of the topics that exist; of the analyzer's changelogs those that others must not weaken. */
    private Map<String, TopicLayout.Settings> present() throws KafkaUnavailableException {
        Map<String, TopicLayout.Settings> present = new TreeMap<>();
        TopicLayout.Settings changelog = layout.changelogSettings();
        for (String name : existing()) {
            TopicLayout.@Nullable Settings settings = topics.get(name);
            if (settings != null) {
                present.put(name, settings);
            } else if (name.startsWith(changelogs)) {
                present.put(name, changelog);
            }
        }
        return present;
    }

    private void checkFeatures(List<String> findings) throws KafkaUnavailableException {
        Map<String, FinalizedVersionRange> features = await(
                        "asking for feature levels", admin.describeFeatures().featureMetadata())
                .finalizedFeatures();
        short metadata = level(features, "metadata.version");
        if (metadata < MIN_METADATA_VERSION) {
            findings.add(
                    "the brokers' metadata.version is " + metadata + ", older than Kafka 4.0; 4.0 or newer is needed");
        }
        short transactions = level(features, "transaction.version");
        if (transactions < MIN_TRANSACTION_VERSION) {
            findings.add("the brokers' transaction.version is " + transactions + ", 2 is needed;"
                    + " 'kafka-features.sh upgrade --feature transaction.version=2' sets it");
        }
    }

    private static short level(Map<String, FinalizedVersionRange> features, String name) {
        FinalizedVersionRange range = features.get(name);
        return range == null ? 0 : range.maxVersionLevel();
    }

    private void checkReplicas(TopicDescription topic, TopicLayout.@Nullable Settings settings, List<String> findings) {
        int partitions = topic.partitions().size();
        if (settings != null && partitions != settings.partitions()) {
            findings.add("topic " + topic.name() + " has " + partitions + " partitions, expected "
                    + settings.partitions() + "; it cannot be changed, because runs would move between partitions");
        }
        int copies = topic.partitions().get(0).replicas().size();
        if (copies < layout.replication()) {
            findings.add("topic " + topic.name() + " has " + copies + " replicas, expected " + layout.replication());
        }
    }

    /** Compares the effective settings: a topic's own, or what it takes from the cluster and the brokers. */
    private List<Deviation> deviations(Map<String, TopicLayout.Settings> present) throws KafkaUnavailableException {
        List<ConfigResource> resources =
                present.keySet().stream().map(TopicAdmin::resource).toList();
        Map<ConfigResource, Config> configs =
                await("reading topic settings", admin.describeConfigs(resources).all());
        List<Deviation> deviations = new ArrayList<>();
        present.forEach((topic, settings) -> settings.configs().forEach((key, expected) -> {
            @Nullable Config config = configs.get(resource(topic));
            @Nullable ConfigEntry entry = config == null ? null : config.get(key);
            String found = entry == null ? "nothing" : entry.value();
            if (!isEnough(key, found, expected) && !(config != null && keepsEveryKey(key, config, settings))) {
                deviations.add(new Deviation(topic, key, found, expected));
            }
        }));
        return deviations;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** Whether a topic has no limit of time where it needs one of compaction and time. Earlier versions made such topics. */
    private static boolean keepsEveryKey(String key, Config config, TopicLayout.Settings settings) {
        ConfigEntry policy = config.get(CLEANUP_POLICY);
        return (key.equals(CLEANUP_POLICY) || key.equals("retention.ms"))
                && "compact,delete".equals(settings.configs().get(CLEANUP_POLICY))
                && policy != null
                && policy.value().equals("compact");
    }

    /** Whether a setting is at least what is needed. */
    private boolean isEnough(String key, String found, String expected) {
        switch (key) {
            case "segment.bytes":
            case "retention.bytes":
                return true;
            case "retention.ms":
                return found.equals("-1") || number(found) >= number(expected);
            case "max.message.bytes":
                return number(found) >= number(expected);
            case TopicLayout.MIN_IN_SYNC:
                return found.equals(expected)
                        || number(found) >= number(expected) && number(found) < layout.replication();
            case CLEANUP_POLICY:
                return Set.of(found.split(",")).equals(Set.of(expected.split(",")));
            default:
                return found.equals(expected);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Long.MIN_VALUE;
        }
    }

    private Set<String> existing() throws KafkaUnavailableException {
        return await("listing topics", admin.listTopics().names());
    }

    private static <T> T await(String doing, KafkaFuture<T> future) throws KafkaUnavailableException {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new KafkaUnavailableException(
                        doing + ": no answer from Kafka in time; is it running? " + cause.getMessage(), cause);
            }
            throw new KafkaUnavailableException(doing + " failed: " + cause.getMessage(), cause);
        } catch (TimeoutException timeout) {
            throw new KafkaUnavailableException(
                    doing + ": no answer from Kafka within " + TIMEOUT_SECONDS + " s", timeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException(doing + " was interrupted", interrupted);
        }
    }
}
