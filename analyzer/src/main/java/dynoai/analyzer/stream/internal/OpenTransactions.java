package dynoai.analyzer.stream.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaFuture;

/**
 * The transactions that each broker coordinates, as far as the brokers answer.
 *
 * <p>{@code ListTransactionsResult.all} fails as a whole while one broker is down, at times with {@code Unexpected key set} (no
 * issue was found upstream for this), which is when the answers of the others are needed.
 *
 * @param listings of the brokers that answered
 * @param answered the ids of these brokers
 * @param silent the ids of the brokers that did not answer
 */
record OpenTransactions(List<TransactionListing> listings, Set<Integer> answered, Set<Integer> silent) {
    private static final int REQUEST_MILLIS = 5_000;
    /** The client ends a request by itself before. */
    private static final int WAIT_MILLIS = 2 * REQUEST_MILLIS;

    static OpenTransactions list(Admin admin, ListTransactionsOptions filter)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<Integer, KafkaFuture<Collection<TransactionListing>>> brokers = admin.listTransactions(
                        filter.timeoutMs(REQUEST_MILLIS))
                .byBrokerId()
                .get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        OpenTransactions all = new OpenTransactions(new ArrayList<>(), new HashSet<>(), new HashSet<>());
        for (Map.Entry<Integer, KafkaFuture<Collection<TransactionListing>>> broker : brokers.entrySet()) {
            try {
                all.listings.addAll(broker.getValue().get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
                all.answered.add(broker.getKey());
            } catch (ExecutionException | TimeoutException ignored) {
                all.silent.add(broker.getKey());
            }
        }
        return all;
    }
}
