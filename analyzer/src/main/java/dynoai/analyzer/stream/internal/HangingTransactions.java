package dynoai.analyzer.stream.internal;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Groups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/**
 * Finds and aborts hanging transactions (KIP-664): open in a partition although their coordinator no longer has them. They
 * come from lost transaction markers (KAFKA-20734) and from logs truncated by a power failure. No timeout ends them, and
 * {@code read_committed} consumers stay at the last stable offset.
 *
 * <p>It does what {@code kafka-transactions.sh find-hanging} and {@code abort} do by hand, through the public {@link Admin}
 * API. Only the partition in which a group keeps its offsets is computed as the broker does it, which is undocumented.
 *
 * <p>A coordinator adds a partition to a transaction before the first record is written there, and forgets it after the marker
 * is written. So a transaction that is still open at the same offset after its coordinator reported none is hanging. A broker
 * that does not answer is skipped; while it leads a coordinator, no transaction counts as hanging.
 *
 * <p>Remove when brokers abort hanging transactions themselves; {@code HangingTransactionsTest} fails then.
 */
public final class HangingTransactions {
    private static final String OFFSETS = "__consumer_offsets";
    private static final String TRANSACTIONS = "__transaction_state";
    private static final Set<TransactionState> ENDED =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_ABORT, TransactionState.COMPLETE_COMMIT);
    private static final long REQUEST_SECONDS = 5;
    private static final DescribeProducersOptions PRODUCERS = new DescribeProducersOptions().timeoutMs(3_000);
    /** How long a transaction must look hanging. A single broker always agrees with itself about who coordinates. */
    private static final Duration CONFIRM_ONE_BROKER = Duration.ofSeconds(2);
    /** A broker that lost the coordinator role may answer from its cache for a while (KAFKA-21481, KAFKA-21181). */
    private static final Duration CONFIRM_SEVERAL_BROKERS = Duration.ofSeconds(20);

    /** A transaction as its partition sees it. */
    public record Open(TopicPartition partition, long producer, int epoch, long from, int coordinatorEpoch) {}

    private final Admin admin;
    private final Namespace namespace;
    /** The groups whose offsets are committed in transactions. */
    private final List<String> groups;
    /** One transactional id without a transaction for each prefix that the stages use. */
    private final List<String> unusedIds;

    private final LongSupplier nanoClock;
    private final Map<Open, Long> suspectedSince = new HashMap<>();
    private final Set<Integer> skipped = new TreeSet<>();

    public HangingTransactions(Admin admin, Namespace namespace, LongSupplier nanoClock) {
        this.admin = admin;
        this.namespace = namespace;
        this.groups = List.of(Groups.analyzer(namespace), Groups.exporter(namespace));
        this.unusedIds =
                List.of(namespace.id("ingest-" + new UUID(0, 0)), groups.get(0) + "-none", groups.get(1) + "-none");
        this.nanoClock = nanoClock;
    }

    /** Returns the ids of the brokers that did not answer the latest scan. */
    public Set<Integer> skippedBrokers() {
        return Set.copyOf(skipped);
    }

    /** Whether a transaction looks hanging, so that the next scan should follow soon. */
    public boolean suspectsAny() {
        return !suspectedSince.isEmpty();
    }

    /**
     * Scans once and aborts the transactions that have been hanging for long enough.
     *
     * @return the transactions that were aborted
     */
    public List<Open> abort() throws ExecutionException, InterruptedException, TimeoutException {
        skipped.clear();
        Map<String, TopicDescription> topics = topics();
        Set<Open> open = open(topics);
        suspectedSince.keySet().retainAll(open);
        long now = nanoClock.getAsLong();
        List<Open> confirmed = suspectedSince.entrySet().stream()
                .filter(suspect ->
                        now - suspect.getValue() >= confirmation(topics).toNanos())
                .map(Map.Entry::getKey)
                .toList();
        Set<Open> hanging = open.isEmpty() ? Set.of() : withoutCoordinator(open, topics);
        suspectedSince.keySet().retainAll(hanging);
        hanging.forEach(transaction -> suspectedSince.putIfAbsent(transaction, now));
        List<Open> aborted = new ArrayList<>();
        for (Open transaction : confirmed) {
            if (hanging.contains(transaction)) {
                requireVisibility();
                await(admin.abortTransaction(new AbortTransactionSpec(
                                transaction.partition(),
                                transaction.producer(),
                                (short) transaction.epoch(),
                                transaction.coordinatorEpoch()))
                        .all());
                suspectedSince.remove(transaction);
                aborted.add(transaction);
            }
        }
        return aborted;
    }

    /** Our topics, and Kafka's own by name: if these may not be described, that is an error. */
    private Map<String, TopicDescription> topics() throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> names = new HashSet<>(await(admin.listTopics().names()));
        names.removeIf(name -> !namespace.covers(name));
        names.addAll(List.of(OFFSETS, TRANSACTIONS));
        Map<String, TopicDescription> topics = new HashMap<>();
        for (KafkaFuture<TopicDescription> answer :
                admin.describeTopics(names).topicNameValues().values()) {
            try {
                TopicDescription topic = await(answer);
                topics.put(topic.name(), topic);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return topics;
    }

    /** A broker lists only the transactions that it coordinates, so every coordinator must have answered. */
    private static boolean haveCoordinatorsAnswered(Map<String, TopicDescription> topics, Set<Integer> answered) {
        TopicDescription state = topics.get(TRANSACTIONS);
        return state != null
                && state.partitions().stream()
                        .allMatch(partition -> partition.leader() != null
                                && answered.contains(partition.leader().id()));
    }

    private static Duration confirmation(Map<String, TopicDescription> topics) {
        boolean several = topics.values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .map(TopicPartitionInfo::leader)
                        .distinct()
                        .count()
                > 1;
        return several ? CONFIRM_SEVERAL_BROKERS : CONFIRM_ONE_BROKER;
    }

    private Set<Open> open(Map<String, TopicDescription> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, PartitionProducerState> states = new HashMap<>();
        for (Map.Entry<Integer, Set<TopicPartition>> broker :
                partitionsByLeader(topics).entrySet()) {
            try {
                states.putAll(await(
                        admin.describeProducers(broker.getValue(), PRODUCERS).all()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                skipped.add(broker.getKey());
            } catch (TimeoutException timeout) {
                skipped.add(broker.getKey());
            }
        }
        Set<Open> open = new HashSet<>();
        states.forEach((partition, state) -> {
            for (ProducerState producer : state.activeProducers()) {
                producer.currentTransactionStartOffset()
                        .ifPresent(from -> open.add(new Open(
                                partition,
                                producer.producerId(),
                                producer.producerEpoch(),
                                from,
                                Math.max(0, producer.coordinatorEpoch().orElse(0)))));
            }
        });
        return open;
    }

    /** The partitions to look at that have a leader, by the id of that broker. */
    private Map<Integer, Set<TopicPartition>> partitionsByLeader(Map<String, TopicDescription> topics) {
        Map<Integer, Set<TopicPartition>> byLeader = new HashMap<>();
        for (TopicDescription topic : topics.values()) {
            Set<Integer> wanted = partitions(topic);
            for (TopicPartitionInfo info : topic.partitions()) {
                Node leader = info.leader();
                if (wanted.contains(info.partition()) && leader != null && !leader.isEmpty()) {
                    byLeader.computeIfAbsent(leader.id(), id -> new HashSet<>())
                            .add(new TopicPartition(topic.name(), info.partition()));
                }
            }
        }
        return byLeader;
    }

    /** All partitions of our topics; of the offsets topic those of our groups. */
    private Set<Integer> partitions(TopicDescription topic) {
        int count = topic.partitions().size();
        if (topic.name().equals(TRANSACTIONS)) {
            return Set.of();
        }
        if (topic.name().equals(OFFSETS)) {
            return groups.stream().map(group -> offsetsPartition(group, count)).collect(Collectors.toSet());
        }
        return topic.partitions().stream().map(TopicPartitionInfo::partition).collect(Collectors.toSet());
    }

    /** The partition in which a group keeps its offsets, as the broker computes it. */
    static int offsetsPartition(String group, int partitions) {
        return Utils.abs(group.hashCode()) % partitions;
    }

    private Set<Open> withoutCoordinator(Set<Open> open, Map<String, TopicDescription> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<Long> producers = open.stream().map(Open::producer).collect(Collectors.toSet());
        OpenTransactions listed =
                OpenTransactions.list(admin, new ListTransactionsOptions().filterProducerIds(producers));
        skipped.addAll(listed.silent());
        if (!haveCoordinatorsAnswered(topics, listed.answered())) {
            return Set.of();
        }
        List<String> ids = listed.listings().stream()
                .filter(transaction -> !ENDED.contains(transaction.state()))
                .map(TransactionListing::transactionalId)
                .toList();
        Map<Long, Set<TopicPartition>> coordinated = new HashMap<>();
        for (TransactionDescription transaction :
                await(admin.describeTransactions(ids).all()).values()) {
            coordinated.put(transaction.producerId(), transaction.topicPartitions());
        }
        return open.stream()
                .filter(transaction -> !coordinated
                        .getOrDefault(transaction.producer(), Set.of())
                        .contains(transaction.partition()))
                .collect(Collectors.toSet());
    }

    /** A listing silently leaves out what may not be described; a description by name fails instead. */
    private void requireVisibility() throws ExecutionException, InterruptedException, TimeoutException {
        DescribeTransactionsResult answers = admin.describeTransactions(unusedIds);
        for (String id : unusedIds) {
            try {
                await(answers.description(id));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                    throw e;
                }
            }
        }
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }
}
