package dynoai.ingest.stage;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits offsets of a consumer group in every transaction that decides about a log. A transaction of a process that is no longer
 * a member of the group, or of an earlier generation, fails: of two processes that believe they have the same partition, one can
 * commit.
 */
@FunctionalInterface
public interface CommitGuard {
    CommitGuard NONE = Optional::empty;

    /** @param offsets not empty: an empty commit checks nothing */
    record Commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {}

    /** Returns what the transaction that ends now commits; empty if the process needs no guard. */
    Optional<Commit> commit();
}
