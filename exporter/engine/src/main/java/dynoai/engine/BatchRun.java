package dynoai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Analyses many logs in parallel. A failed one does not stop the others. */
public final class BatchRun {
    private final int jobs;
    private final BatchAnalysis analysis;

    /** @param jobs number of logs analysed at the same time */
    public BatchRun(BatchAnalysis analysis, int jobs) {
        if (jobs < 1) {
            throw new IllegalArgumentException("a batch needs at least one job, not " + jobs);
        }
        this.analysis = analysis;
        this.jobs = jobs;
    }

    /**
     * Analyses every log and returns the results in the same order. If the calling thread is interrupted, the running analyses
     * stop and their unfinished folders are deleted.
     */
    public List<LogResult> run(List<RunRequest> requests, BatchEvents events) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(jobs, Math.max(1, requests.size())), named());
        try {
            List<Future<LogResult>> futures = new ArrayList<>(requests.size());
            for (RunRequest request : requests) {
                futures.add(pool.submit(() -> one(request, events)));
            }
            List<LogResult> outcomes = new ArrayList<>(requests.size());
            for (Future<LogResult> future : futures) {
                LogResult outcome = ended(future);
                outcomes.add(outcome);
                events.ended(outcome);
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    private LogResult one(RunRequest request, BatchEvents events) {
        try {
            return new LogResult.Analyzed(request.log(), analysis.analyze(request, events::bytesRead));
        } catch (Exception e) {
            return new LogResult.Failed(request.log(), e);
        }
    }

    private static LogResult ended(Future<LogResult> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("an analysis failed with an error", e);
        }
    }

    /** Waits until the last unfinished folder is deleted, even if interrupted again. */
    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "batch-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
