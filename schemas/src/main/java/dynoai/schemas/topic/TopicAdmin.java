package dynoai.schemas.topic;

import dynoai.schemas.kafka.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics and checks them, so that a wrong setting is found at start and not at the first record. */
public final class TopicAdmin {
    /** The metadata level of Kafka 4.0, the oldest supported version. */
    private static final short MIN_METADATA_VERSION = 25;

    private static final short MIN_TRANSACTION_VERSION = 2;
    private static final long TIMEOUT_SECONDS = 30;

    private final Admin admin;
    private final TopicLayout layout;
    private final Map<String, TopicLayout.Settings> topics;

    public TopicAdmin(Admin admin, TopicLayout layout, Namespace namespace) {
        this.admin = admin;
        this.layout = layout;
        this.topics = layout.settings(namespace);
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
        Set<String> present = new TreeSet<>(topics.keySet());
        for (String name : missing()) {
            present.remove(name);
            findings.add("topic " + name + " is missing; 'dynoai topics create' creates it");
        }
        if (!present.isEmpty()) {
            checkTopics(present, findings);
        }
        return findings;
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

    private void checkTopics(Set<String> present, List<String> findings) throws KafkaUnavailableException {
        Map<String, TopicDescription> descriptions =
                await("describing topics", admin.describeTopics(present).allTopicNames());
        List<ConfigResource> resources = new ArrayList<>();
        for (String name : present) {
            resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name));
        }
        Map<ConfigResource, Config> configs =
                await("reading topic settings", admin.describeConfigs(resources).all());
        for (ConfigResource resource : resources) {
            TopicLayout.Settings settings = topics.get(resource.name());
            TopicDescription description = descriptions.get(resource.name());
            Config config = configs.get(resource);
            if (settings != null && description != null && config != null) {
                checkTopic(description, config, settings, findings);
            }
        }
    }

    private void checkTopic(
            TopicDescription topic, Config config, TopicLayout.Settings settings, List<String> findings) {
        int partitions = topic.partitions().size();
        if (partitions != settings.partitions()) {
            findings.add("topic " + topic.name() + " has " + partitions + " partitions, expected "
                    + settings.partitions() + "; it cannot be changed, because runs would move between partitions");
        }
        int copies = topic.partitions().get(0).replicas().size();
        if (copies < layout.replication()) {
            findings.add("topic " + topic.name() + " has " + copies + " replicas, expected " + layout.replication());
        }
        settings.configs().forEach((key, expected) -> {
            ConfigEntry entry = config.get(key);
            String found = entry == null ? "nothing" : entry.value();
            if (!isEnough(key, found, expected)) {
                findings.add("topic " + topic.name() + " has " + key + "=" + found + ", expected " + expected);
            }
        });
    }

    /** Whether a setting is at least what is needed. */
    private static boolean isEnough(String key, String found, String expected) {
        switch (key) {
            case "segment.bytes":
            case "retention.bytes":
                return true;
            case "retention.ms":
                return found.equals("-1") || number(found) >= number(expected);
            case "max.message.bytes":
                return number(found) >= number(expected);
            case "cleanup.policy":
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
