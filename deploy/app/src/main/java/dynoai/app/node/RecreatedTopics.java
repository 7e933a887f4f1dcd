package dynoai.app.node;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Makes the groups of an embedded broker forget a topic that was created again. A static member that rejoins gets the
 * assignment that it had, which is empty since the topic was deleted, and committed offsets are those of the deleted topic.
 */
final class RecreatedTopics {
    private static final String OFFSETS_TOPIC = "__consumer_offsets";

    private RecreatedTopics() {}

    /** @param created topics that were just created; no stage runs yet */
    static void forget(KafkaClients clients, TopicLayout layout, Collection<String> created)
            throws KafkaUnavailableException {
        Namespace namespace = clients.namespace();
        Map<String, Set<String>> groups = Map.of(
                Topics.RUN_LOG.in(namespace), Set.of(Groups.analyzer(namespace)),
                Topics.RUN_GRIDS.in(namespace), Set.of(Groups.exporter(namespace)),
                Topics.INTAKE.in(namespace), Set.of(Groups.admit(namespace), Groups.admitLarge(namespace)));
        try (Admin admin = clients.admin(AdminCall.TIMEOUT)) {
            ListTopicsOptions all = new ListTopicsOptions().listInternal(true);
            if (!await(admin.listTopics(all).names()).contains(OFFSETS_TOPIC)) {
                return;
            }
            for (String topic : created) {
                for (String group : groups.getOrDefault(topic, Set.of())) {
                    forget(admin, group, partitions(topic, layout));
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaUnavailableException("resetting the groups of created topics failed: " + e.getMessage(), e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("resetting the groups of created topics was interrupted", interrupted);
        }
    }

    private static void forget(Admin admin, String group, Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            await(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all());
            await(admin.deleteConsumerGroupOffsets(group, partitions).all());
        } catch (ExecutionException e) {
            if (!isUnknownGroup(e)) {
                throw e;
            }
        }
    }

    private static boolean isUnknownGroup(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GroupIdNotFoundException) {
                return true;
            }
        }
        return false;
    }

    private static Set<TopicPartition> partitions(String topic, TopicLayout layout) {
        return IntStream.range(0, layout.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet());
    }

    private static <T> T await(KafkaFuture<T> reply) throws ExecutionException, InterruptedException, TimeoutException {
        return reply.get(AdminCall.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
