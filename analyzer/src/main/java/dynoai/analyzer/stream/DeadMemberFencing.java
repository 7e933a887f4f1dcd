package dynoai.analyzer.stream;

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
 * Ends what dead analyzers left open. Whoever takes over a partition must wait for the end of the transaction that the dead
 * one had there, up to its timeout; a producer is named after its group member, so it can be told that nobody will end it.
 */
final class DeadMemberFencing {
    private static final String PREFIX = AnalyzerSettings.APPLICATION_ID + '-';
    private static final long ANSWER_SECONDS = 5;

    private final Admin admin;

    DeadMemberFencing(Admin admin) {
        this.admin = admin;
    }

    /**
     * Fences every producer of an analyzer that is no longer in the group. One that still runs could not commit either, since
     * a commit is checked against the group.
     *
     * @return the transactions that were ended
     */
    Set<String> end() throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> open = admin
                .listTransactions(new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(PREFIX))
                .collect(Collectors.toCollection(HashSet::new));
        if (!open.isEmpty()) {
            open.removeAll(idsOfMembers());
        }
        if (!open.isEmpty()) {
            admin.fenceProducers(open).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        }
        return open;
    }

    private Set<String> idsOfMembers() throws ExecutionException, InterruptedException, TimeoutException {
        return admin
                .describeConsumerGroups(List.of(AnalyzerSettings.APPLICATION_ID))
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .values()
                .stream()
                .flatMap(group -> group.members().stream())
                .map(MemberDescription::groupInstanceId)
                .map(instance -> PREFIX + instance.orElse(""))
                .collect(Collectors.toSet());
    }
}
