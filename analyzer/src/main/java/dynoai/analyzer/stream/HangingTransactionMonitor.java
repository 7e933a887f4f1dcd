package dynoai.analyzer.stream;

import dynoai.analyzer.stream.internal.DeadMemberFencing;
import dynoai.analyzer.stream.internal.HangingTransactions;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.topic.Groups;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that keep {@code read_committed} consumers waiting: it fences dead analyzers after a rebalance, and aborts
 * hanging transactions at any time.
 */
final class HangingTransactionMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactionMonitor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Longer than a transaction of the analyzer may last: the group may drop a dead member long after its rebalance. */
    private static final int SCANS_AFTER_REBALANCE = 150;

    private static final int INTERVALS_WITHOUT_REASON = 5;

    private final AtomicInteger scansLeft = new AtomicInteger();
    private final Admin admin;
    private final HangingTransactions hanging;
    private final RetryLoop fencing;
    private final RetryLoop aborting;
    private final BooleanSupplier watching;
    private Set<Integer> reportedBrokers = Set.of();
    private int intervals;

    /** @param watching whether this analyzer watches; several may */
    HangingTransactionMonitor(KafkaClients clients, BooleanSupplier watching) {
        this.watching = watching;
        admin = clients.admin();
        DeadMemberFencing deadMembers = new DeadMemberFencing(admin, Groups.analyzer(clients.namespace()));
        hanging = new HangingTransactions(admin, clients.namespace(), System::nanoTime);
        fencing = loop("dynoai-analyzer-fencing", loop -> {
            if (scansLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0 && watching.getAsBoolean()) {
                deadMembers.fence().forEach(id -> LOG.info("fenced {} and aborted its transaction", id));
            }
        });
        aborting = loop("dynoai-analyzer-transactions", loop -> abort());
    }

    private static RetryLoop loop(String name, RetryLoop.Action scan) {
        AtomicReference<String> reported = new AtomicReference<>("");
        return RetryLoop.of(
                name,
                INTERVAL,
                INTERVAL,
                loop -> {
                    scan.run(loop);
                    reported.set("");
                },
                e -> {
                    if (!e.toString().equals(reported.getAndSet(e.toString()))) {
                        LOG.warn("cannot list or abort open transactions: {}", e.toString());
                    }
                    return e instanceof Exception;
                });
    }

    private void abort() throws Exception {
        boolean due = intervals++ % INTERVALS_WITHOUT_REASON == 0;
        if ((due || scansLeft.get() > 0 || hanging.suspectsAny()) && watching.getAsBoolean()) {
            hanging.abort().forEach(open -> LOG.warn("aborted the hanging transaction {}", open));
            Set<Integer> skipped = hanging.skippedBrokers();
            if (!skipped.equals(reportedBrokers)) {
                reportedBrokers = skipped;
                LOG.warn("brokers that did not answer about open transactions: {}", skipped);
            }
        }
    }

    void start() {
        fencing.start();
        aborting.start();
    }

    /** Scans every second for a while. */
    void rebalanced() {
        scansLeft.set(SCANS_AFTER_REBALANCE);
    }

    @Override
    public void close() {
        fencing.requestStop();
        aborting.requestStop();
        admin.close(Duration.ZERO);
    }
}
