package dynoai.analyzer.stream;

import dynoai.schemas.topic.Groups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/**
 * Ends transactions that are open in a partition though their coordinator has none there: a broker that dies, or loses the
 * ends of its files, can leave such. No timeout ends them, and whoever reads what is committed waits behind them for ever.
 *
 * <p>A transaction that goes on must not be cut short: its coordinator learns of a partition before the partition's first
 * record is written and forgets it after the end is written there. So one that is still open, at the same offset, after its
 * coordinator was heard to have none is nobody's. Coordinators that cannot be heard make a look void.
 */
final class HangingTransactions {
    private static final String OURS = "dynoai";
    private static final String OFFSETS = "__consumer_offsets";
    private static final String TRANSACTIONS = "__transaction_state";
    private static final List<String> GROUPS = List.of(Groups.ANALYZER, Groups.EXPORTER);
    /** Names as our transactions have, but of none. */
    private static final List<String> NAMES_OF_NONE = List.of(
            "dynoai-ingest-00000000-0000-0000-0000-000000000000", Groups.ANALYZER + "-none", Groups.EXPORTER + "-none");

    private static final Set<TransactionState> OVER =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_ABORT, TransactionState.COMPLETE_COMMIT);
    private static final long ANSWER_SECONDS = 5;

    /** A single broker cannot disagree with itself about who coordinates. */
    private static final Duration PATIENCE_WITH_ONE = Duration.ofSeconds(2);

    private static final Duration PATIENCE_WITH_MORE = Duration.ofSeconds(20);

    /** A transaction as its partition sees it. */
    record Open(TopicPartition partition, long producer, int epoch, long from, int coordinatorEpoch) {}

    private final Admin admin;
    private final LongSupplier nanoClock;
    private final Map<Open, Long> suspectedSince = new HashMap<>();

    HangingTransactions(Admin admin, LongSupplier nanoClock) {
        this.admin = admin;
        this.nanoClock = nanoClock;
    }

    /** Whether one is suspected, and another look should follow soon. */
    boolean suspectsAny() {
        return !suspectedSince.isEmpty();
    }

    /**
     * Looks once, and ends what has been nobody's for long enough.
     *
     * @return the transactions that were ended
     */
    List<Open> end() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> topics = topics();
        Set<Open> open = open(topics);
        suspectedSince.keySet().retainAll(open);
        long now = nanoClock.getAsLong();
        List<Open> orphans = suspectedSince.entrySet().stream()
                .filter(suspect -> now - suspect.getValue() >= patience(topics).toNanos())
                .map(Map.Entry::getKey)
                .toList();
        Set<Open> nobodys = open.isEmpty() || !areCoordinated(topics) ? Set.of() : nobodys(open);
        suspectedSince.keySet().retainAll(nobodys);
        nobodys.forEach(transaction -> suspectedSince.putIfAbsent(transaction, now));
        List<Open> ended = new ArrayList<>();
        for (Open orphan : orphans) {
            if (nobodys.contains(orphan)) {
                proveThatAllAreSeen();
                await(admin.abortTransaction(new AbortTransactionSpec(
                                orphan.partition(),
                                orphan.producer(),
                                (short) orphan.epoch(),
                                orphan.coordinatorEpoch()))
                        .all());
                suspectedSince.remove(orphan);
                ended.add(orphan);
            }
        }
        return ended;
    }

    /** Our topics, and Kafka's own by name: what may not be seen of these is an error, not merely absent. */
    private Map<String, TopicDescription> topics() throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> names = new HashSet<>(await(admin.listTopics().names()));
        names.removeIf(name -> !name.startsWith(OURS));
        names.addAll(List.of(OFFSETS, TRANSACTIONS));
        Map<String, TopicDescription> topics = new HashMap<>();
        for (KafkaFuture<TopicDescription> answer :
                admin.describeTopics(names).topicNameValues().values()) {
            try {
                TopicDescription topic = await(answer);
                topics.put(topic.name(), topic);
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw refused;
                }
            }
        }
        return topics;
    }

    /** Every broker tells only of the transactions it coordinates. */
    private static boolean areCoordinated(Map<String, TopicDescription> topics) {
        TopicDescription state = topics.get(TRANSACTIONS);
        return state != null
                && state.partitions().stream()
                        .noneMatch(partition ->
                                partition.leader() == null || partition.leader().isEmpty());
    }

    private static Duration patience(Map<String, TopicDescription> topics) {
        boolean several = topics.values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .map(TopicPartitionInfo::leader)
                        .distinct()
                        .count()
                > 1;
        return several ? PATIENCE_WITH_MORE : PATIENCE_WITH_ONE;
    }

    private Set<Open> open(Map<String, TopicDescription> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<TopicPartition> partitions = topics.values().stream()
                .flatMap(topic -> partitionsOf(topic).stream())
                .collect(Collectors.toSet());
        Map<TopicPartition, PartitionProducerState> states =
                await(admin.describeProducers(partitions).all());
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

    /** Of the topic that all groups of a cluster share, only what our own groups keep there. */
    private static Collection<TopicPartition> partitionsOf(TopicDescription topic) {
        int count = topic.partitions().size();
        if (topic.name().equals(TRANSACTIONS)) {
            return List.of();
        }
        if (topic.name().equals(OFFSETS)) {
            return GROUPS.stream()
                    .map(group -> new TopicPartition(topic.name(), Utils.abs(group.hashCode()) % count))
                    .collect(Collectors.toSet());
        }
        return topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
    }

    private Set<Open> nobodys(Set<Open> open) throws ExecutionException, InterruptedException, TimeoutException {
        Set<Long> producers = open.stream().map(Open::producer).collect(Collectors.toSet());
        Collection<TransactionListing> listed =
                await(admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producers))
                        .all());
        List<String> ids = listed.stream()
                .filter(transaction -> !OVER.contains(transaction.state()))
                .map(TransactionListing::transactionalId)
                .toList();
        Map<Long, Set<TopicPartition>> underway = new HashMap<>();
        for (TransactionDescription transaction :
                await(admin.describeTransactions(ids).all()).values()) {
            underway.put(transaction.producerId(), transaction.topicPartitions());
        }
        return open.stream()
                .filter(transaction ->
                        !underway.getOrDefault(transaction.producer(), Set.of()).contains(transaction.partition()))
                .collect(Collectors.toSet());
    }

    /** Kafka leaves out of its answer what we may not see, but says so when asked for it by name. */
    private void proveThatAllAreSeen() throws ExecutionException, InterruptedException, TimeoutException {
        DescribeTransactionsResult answers = admin.describeTransactions(NAMES_OF_NONE);
        for (String name : NAMES_OF_NONE) {
            try {
                await(answers.description(name));
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof TransactionalIdNotFoundException)) {
                    throw refused;
                }
            }
        }
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
