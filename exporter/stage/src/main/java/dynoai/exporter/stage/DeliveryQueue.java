package dynoai.exporter.stage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes in work: several runs at a time, those of one run one after another. A transient failure occupies no thread: the
 * outcome waits for its retry while others are delivered. One thread uses it; only deliveries run on others.
 */
final class DeliveryQueue {
    private static final int MAX_WORKING_PER_THREAD = 4;
    private static final int MAX_OUTCOMES = 256;
    private static final long MAX_BYTES = 128L << 20;

    private final Executor threads;
    private final int maxWorking;
    private final Duration retryDelay;
    private final Map<String, Deque<Work>> byRun = new HashMap<>();
    private final Set<Work> failing = new LinkedHashSet<>();
    private final BlockingQueue<Work> ended = new LinkedBlockingQueue<>();
    private int outcomes;
    private int working;
    private long bytes;

    /** @param parallel how many runs are delivered at a time */
    DeliveryQueue(Executor threads, int parallel, Duration retryDelay) {
        this.threads = threads;
        this.maxWorking = parallel * MAX_WORKING_PER_THREAD;
        this.retryDelay = retryDelay;
    }

    /** One outcome in work. */
    final class Work {
        private final ConsumerRecord<String, byte[]> record;
        private final OutcomeDelivery delivery;
        private final Runnable whenEnded;
        private volatile boolean dropped;
        private OutcomeDelivery.@Nullable Delivered delivered;
        private @Nullable Throwable failure;
        private boolean isWorking;
        private String why = "";
        private long retryNanos;

        private Work(ConsumerRecord<String, byte[]> record, OutcomeDelivery delivery, Runnable whenEnded) {
            this.record = record;
            this.delivery = delivery;
            this.whenEnded = whenEnded;
        }

        ConsumerRecord<String, byte[]> record() {
            return record;
        }

        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }

        /** What to publish, once the delivery has ended. */
        OutcomeDelivery.Delivered delivered() {
            if (delivered == null) {
                throw new IllegalStateException("not delivered", failure);
            }
            return delivered;
        }

        private void start() {
            isWorking = true;
            working++;
            threads.execute(this::run);
        }

        private void run() {
            failure = null;
            try {
                if (!dropped) {
                    delivered = delivery.deliver(record);
                }
            } catch (TransientFailureException | RuntimeException | Error e) {
                failure = e;
            }
            ended.add(this);
            if (!dropped) {
                whenEnded.run();
            }
        }
    }

    /** @param whenEnded runs on the thread of the delivery after each try */
    void add(ConsumerRecord<String, byte[]> record, OutcomeDelivery delivery, Runnable whenEnded) {
        Work work = new Work(record, delivery, whenEnded);
        Deque<Work> run = byRun.computeIfAbsent(record.key(), key -> new ArrayDeque<>());
        run.add(work);
        outcomes++;
        bytes += size(work);
        if (run.size() == 1) {
            work.start();
        }
    }

    /** Whether no more outcomes should be added for now. */
    boolean isFull() {
        return working >= maxWorking || outcomes >= MAX_OUTCOMES || bytes >= MAX_BYTES;
    }

    boolean isEmpty() {
        return outcomes == 0;
    }

    /** Why outcomes wait for a retry; empty if none does. */
    String failure() {
        return failing.stream().findFirst().map(work -> work.why).orElse("");
    }

    /** Returns the outcomes delivered since the last call, and starts what can be started. */
    List<Work> takeDelivered() {
        List<Work> delivered = new ArrayList<>();
        for (Work work = ended.poll(); work != null; work = ended.poll()) {
            take(work).ifPresent(delivered::add);
        }
        long now = System.nanoTime();
        for (Work work : failing) {
            if (!work.isWorking && work.retryNanos - now <= 0) {
                work.start();
            }
        }
        return delivered;
    }

    /** How long to wait for a delivery to end before {@link #takeDelivered} has something to start. */
    Duration untilRetry(Duration max) {
        long now = System.nanoTime();
        long nanos = failing.stream()
                .filter(work -> !work.isWorking)
                .mapToLong(work -> Math.max(0, work.retryNanos - now))
                .min()
                .orElse(Long.MAX_VALUE);
        return nanos < max.toNanos() ? Duration.ofNanos(nanos) : max;
    }

    private Optional<Work> take(Work work) {
        work.isWorking = false;
        working--;
        if (work.dropped) {
            remove(work);
            return Optional.empty();
        }
        @Nullable Throwable failure = work.failure;
        if (failure instanceof TransientFailureException) {
            work.why = String.valueOf(failure.getMessage());
            work.retryNanos = System.nanoTime() + retryDelay.toNanos();
            failing.add(work);
            return Optional.empty();
        }
        failing.remove(work);
        remove(work);
        if (failure instanceof RuntimeException bug) {
            throw bug;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return Optional.of(work);
    }

    private void remove(Work work) {
        Deque<Work> run = byRun.getOrDefault(work.record.key(), new ArrayDeque<>());
        boolean first = run.peek() == work;
        run.remove(work);
        outcomes--;
        bytes -= size(work);
        if (run.isEmpty()) {
            byRun.remove(work.record.key());
        } else if (first) {
            run.element().start();
        }
    }

    /**
     * Drops the outcomes of partitions. A delivery that is running ends first, and the next outcome of its run waits for it, so
     * that this process never delivers a run twice at the same time.
     */
    void drop(Predicate<TopicPartition> partitions) {
        List<Work> all = byRun.values().stream()
                .flatMap(Deque::stream)
                .filter(work -> partitions.test(work.partition()))
                .toList();
        all.forEach(work -> work.dropped = true);
        failing.removeAll(all);
        all.stream().filter(work -> !work.isWorking).forEach(this::remove);
    }

    /** Waits for a delivery to end. Returns false if none is running, or after the given time. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        if (working == 0) {
            return false;
        }
        Work work = ended.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        return work != null && ended.add(work);
    }

    private static long size(Work work) {
        return Math.max(0, work.record.serializedValueSize());
    }
}
