package dynoai.analyzer.stream;

import dynoai.analyzer.stream.internal.DeadMemberFencing;
import dynoai.analyzer.stream.internal.HangingTransactions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for transactions that nobody will end: those of dead analyzers while their work is taken over and for as long
 * afterwards as a transaction can last, since the group may forget a dead member only when its work has long been taken
 * over; and, now and then, those that no coordinator knows of. Readers wait behind either.
 */
final class HangingTransactionMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactionMonitor.class);
    private static final long LOOK_SECONDS = 1;
    /** Longer than the transactions of the analyzer may last. */
    private static final int CLOSE_LOOKS = 150;

    /** Looks between two for orphans, while there is no reason to look closely. */
    private static final int SELDOM = 5;

    private final AtomicInteger closeLooksLeft = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Begins to look, on a thread of its own. */
    void start(Map<String, Object> client) {
        Thread thread = new Thread(() -> work(client), "dynoai-analyzer-transactions");
        thread.setDaemon(true);
        thread.start();
    }

    /** Partitions change hands. */
    void lookClosely() {
        closeLooksLeft.set(CLOSE_LOOKS);
    }

    private void work(Map<String, Object> client) {
        Admin admin = Admin.create(client);
        try {
            DeadMemberFencing left = new DeadMemberFencing(admin);
            HangingTransactions orphaned = new HangingTransactions(admin, System::nanoTime);
            Looks atLeft = new Looks(
                    () -> left.fence().forEach(id -> LOG.info("ended the transaction that {} left open", id)));
            Looks atOrphaned = new Looks(() -> orphaned.abort()
                    .forEach(open -> LOG.warn("ended a transaction that no coordinator knows: {}", open)));
            for (long look = 0; !ended.await(LOOK_SECONDS, TimeUnit.SECONDS); look++) {
                boolean closely = closeLooksLeft.getAndUpdate(looks -> Math.max(0, looks - 1)) > 0;
                if (closely) {
                    atLeft.take();
                }
                if (closely || orphaned.suspectsAny() || look % SELDOM == 0) {
                    atOrphaned.take();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private interface Look {
        void take() throws ExecutionException, InterruptedException, TimeoutException;
    }

    /** What could not be looked at is looked at again; a lasting obstacle is told once. */
    private static final class Looks {
        private final Look look;
        private String told = "";

        private Looks(Look look) {
            this.look = look;
        }

        private void take() throws InterruptedException {
            String obstacle = "";
            try {
                look.take();
            } catch (ExecutionException | TimeoutException refused) {
                obstacle = refused.toString();
            }
            if (!obstacle.isEmpty() && !obstacle.equals(told)) {
                LOG.warn("open transactions cannot be looked at or ended: {}", obstacle);
            }
            told = obstacle;
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
