package dynoai.ingest.log;

import dynoai.ingest.log.block.BlockSink;
import dynoai.ingest.log.text.BinaryContentCheck;
import dynoai.ingest.log.text.Chunks;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.RowBlock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several threads that each take the next chunk, parse it, wait for its turn and pass on its blocks, so that blocks leave in file
 * order. The first failure in file order ends the read.
 */
final class OrderedRead {
    private static final int SPINS = 2_000;
    /** Blocks that a thread parses ahead of its turn. */
    private static final int BLOCKS = 16;

    private final LogSource source;
    private final LogPlan plan;
    private final Chunks chunks;
    private final BlockSink sink;
    private final boolean keepsDecimals;
    private final @Nullable CarriedValues carried;
    private final Object taking = new Object();
    private final Object turning = new Object();

    private volatile int turn;
    private volatile @Nullable Throwable failure;
    private volatile boolean stopped;
    private long rowsRead;
    private long unreadable;

    OrderedRead(LogSource source, LogPlan plan, Chunks chunks, BlockSink sink, boolean keepsDecimals) {
        this.source = source;
        this.plan = plan;
        this.chunks = chunks;
        this.sink = sink;
        this.keepsDecimals = keepsDecimals;
        this.carried = plan.carriedValues();
    }

    void run(int threads) throws LogRejectedException, IOException {
        List<Thread> others = new ArrayList<>();
        // Values are carried from row to row, so the rows of a sparse log are parsed in order.
        for (int i = 1; i < threads && carried == null; i++) {
            Thread thread = new Thread(this::work, "dynoai-read-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        work();
        join(others);
        rethrow();
    }

    long rowsRead() {
        return rowsRead;
    }

    long unreadable() {
        return unreadable;
    }

    private void work() {
        Worker worker = new Worker();
        try {
            while (!stopped && worker.take()) {
                do {
                    worker.parse();
                    if (!awaitTurn(worker.chunk.ordinal)) {
                        return;
                    }
                    worker.handOn();
                } while (worker.hasMore());
                nextTurn();
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** A thread's chunk and the rows parsed from it. */
    private final class Worker {
        final Chunks.Chunk chunk = new Chunks.Chunk();
        private final RowParser parser = plan.parser();
        private final List<ParsedBlock> blocks = new ArrayList<>();
        private int filled;
        private int at;
        private @Nullable Throwable pending;

        /** Takes the next chunk. A chunk that cannot be read fails in its turn, so that the first failure in the log wins. */
        boolean take() {
            synchronized (taking) {
                if (stopped) {
                    return false;
                }
                try {
                    boolean taken = chunks.next(chunk);
                    at = -1;
                    return taken;
                } catch (IOException | LogRejectedException e) {
                    pending = e;
                    chunk.ordinal = chunks.end();
                    return true;
                }
            }
        }

        /** Parses as much of the chunk as the blocks can hold. */
        void parse() {
            filled = 0;
            if (pending != null) {
                return;
            }
            try {
                if (at < 0) {
                    at = (int) Math.max(chunk.from, Math.min(chunk.to, plan.bodyOffset() - chunk.offset));
                    BinaryContentCheck.check(source, chunk.bytes, at, chunk.to, chunk.offset);
                }
                while (at < chunk.to && filled < BLOCKS) {
                    if (filled == blocks.size()) {
                        blocks.add(new ParsedBlock(plan, keepsDecimals, carried));
                    }
                    at = blocks.get(filled++).fill(parser, chunk.bytes, at, chunk.to);
                }
            } catch (Exception e) {
                pending = e;
            }
        }

        boolean hasMore() {
            return at < chunk.to;
        }

        void handOn() throws Throwable {
            if (pending != null) {
                throw pending;
            }
            for (int i = 0; i < filled; i++) {
                ParsedBlock parsed = blocks.get(i);
                rowsRead += parsed.raw.rows;
                unreadable += parsed.rows.unreadable();
                if (parsed.raw.rows > 0) {
                    sink.block(parsed.rows);
                }
            }
        }
    }

    /** Memory for a block, reused for every chunk. */
    private static final class ParsedBlock {
        final RawBlock raw;
        private final RowResolver resolver;
        private final @Nullable CarriedValues carried;
        RowBlock rows;

        ParsedBlock(LogPlan plan, boolean keepsDecimals, @Nullable CarriedValues carried) {
            this.carried = carried;
            raw = new RawBlock(plan.slots().count(), keepsDecimals);
            resolver = new RowResolver(plan);
            rows = resolver.resolve(raw);
        }

        int fill(RowParser parser, byte[] bytes, int from, int to) {
            raw.clear();
            int next = parser.fill(bytes, from, to, raw);
            if (carried != null) {
                carried.fill(raw);
            }
            rows = resolver.resolve(raw);
            return next;
        }
    }

    private boolean awaitTurn(int ordinal) throws InterruptedException {
        for (int i = 0; i < SPINS && turn != ordinal && !stopped; i++) {
            Thread.onSpinWait();
        }
        if (turn != ordinal) {
            synchronized (turning) {
                while (turn != ordinal && !stopped) {
                    turning.wait();
                }
            }
        }
        return turn == ordinal && !stopped;
    }

    private void nextTurn() {
        synchronized (turning) {
            turn++;
            turning.notifyAll();
        }
    }

    private void fail(Throwable thrown) {
        synchronized (turning) {
            if (failure == null) {
                failure = thrown;
            }
            stopped = true;
            turning.notifyAll();
        }
    }

    private void join(List<Thread> others) {
        boolean interrupted = false;
        for (Thread thread : others) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                    stopped = true;
                    synchronized (turning) {
                        turning.notifyAll();
                    }
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() throws LogRejectedException, IOException {
        Throwable thrown = failure;
        if (thrown instanceof LogRejectedException) {
            throw (LogRejectedException) thrown;
        }
        if (thrown instanceof IOException) {
            throw (IOException) thrown;
        }
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + source.name());
        }
        if (thrown instanceof RuntimeException) {
            throw (RuntimeException) thrown;
        }
        if (thrown instanceof Error) {
            throw (Error) thrown;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while reading " + source.name());
        }
    }
}
