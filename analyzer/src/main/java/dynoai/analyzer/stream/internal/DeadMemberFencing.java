package dynoai.analyzer.stream.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * Fences producers of analyzers that left the group, so that their open transactions abort at once.
 *
 * <p>With exactly-once v2 (KIP-447) a thread has one producer, so the new owner of a partition does not fence the previous
 * owner's; it waits until the open transaction times out. No issue was found upstream for this. A producer is matched to its
 * group member by the names that {@link InstanceClients} gives, and fenced by {@code Admin.fenceProducers} (KIP-618).
 *
 * <p>Remove when Kafka aborts the transaction of a member that leaves its group; {@code DeadMemberFencingTest} fails then.
 */
public final class DeadMemberFencing {
    private static final long REQUEST_SECONDS = 5;

    private final Admin admin;
    private final String group;
    private final String prefix;

    public DeadMemberFencing(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
        this.prefix = group + '-';
    }

    /**
     * Fences once. An analyzer that was removed from the group but still runs could not commit either, since a commit is
     * checked against the group.
     *
     * @return the transactional ids that were fenced
     */
    public Set<String> fence() throws ExecutionException, InterruptedException, TimeoutException {
        ListTransactionsOptions ongoing = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
        Set<String> open = OpenTransactions.list(admin, ongoing).listings().stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(prefix))
                .collect(Collectors.toCollection(HashSet::new));
        if (!open.isEmpty()) {
            open.removeAll(idsOfMembers());
        }
        if (!open.isEmpty()) {
            admin.fenceProducers(open).all().get(REQUEST_SECONDS, TimeUnit.SECONDS);
        }
        return open;
    }

    private Set<String> idsOfMembers() throws ExecutionException, InterruptedException, TimeoutException {
        return admin
                .describeConsumerGroups(List.of(group))
                .all()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS)
                .values()
                .stream()
                .flatMap(described -> described.members().stream())
                .map(MemberDescription::groupInstanceId)
                .map(instance -> prefix + instance.orElse(""))
                .collect(Collectors.toSet());
    }
}
