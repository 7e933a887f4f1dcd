package dynoai.ingest.log;

import dynoai.ingest.log.block.BlockSink;
import dynoai.ingest.log.text.BinaryContentCheck;
import dynoai.ingest.log.text.Chunks;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.RowBlock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several threads that each take the next chunk and parse it. Its blocks are passed on in file order: by the thread that parses
 * it once the chunks before it are done, or, if it was parsed earlier, by the thread that finishes the chunk before it. The first
 * failure in file order ends the read.
 */
final class OrderedRead {
    private static final int SPINS = 2_000;
    /** Blocks of a chunk that are parsed ahead of its turn. */
    private static final int MAX_BLOCKS = 16;

    private final LogSource source;
    private final LogPlan plan;
    private final Chunks chunks;
    private final BlockSink sink;
    private final boolean keepsDecimals;
    private final @Nullable CarriedValues carried;
    private final Object taking = new Object();
    private final Object turning = new Object();

    /** By ordinal: chunks that were parsed before their turn. */
    private final Map<Integer, ParsedChunk> parsed = new HashMap<>();

    private final Deque<ParsedChunk> unused = new ArrayDeque<>();
    private int maxParsed;

    /** The chunk whose blocks are passed on now; written with the lock. */
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
        maxParsed = threads;
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
        try {
            ParsedChunk chunk = new ParsedChunk();
            while (chunk != null && take(chunk)) {
                chunk = parse(chunk) ? finish(chunk) : null;
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** Takes the next chunk. One that cannot be read fails in its turn, so that the first failure in the log wins. */
    private boolean take(ParsedChunk next) {
        synchronized (taking) {
            if (stopped) {
                return false;
            }
            try {
                boolean taken = chunks.next(next.chunk);
                next.begin(null);
                return taken;
            } catch (IOException | LogRejectedException e) {
                next.chunk.ordinal = chunks.end();
                next.begin(e);
                return true;
            }
        }
    }

    /** Parses a chunk, and passes on each block at once if it is the chunk's turn; returns false if the read has stopped. */
    private boolean parse(ParsedChunk chunk) throws Throwable {
        while (chunk.hasMore()) {
            if (chunk.isFull()) {
                if (!awaitTurn(chunk.ordinal())) {
                    return false;
                }
                chunk.passOn();
            }
            chunk.parseBlock();
            if (turn == chunk.ordinal()) {
                chunk.passOn();
            }
        }
        return true;
    }

    /**
     * Passes on a parsed chunk and those after it that are parsed; before its turn, leaves that to the thread whose turn it is.
     * Returns memory for the next chunk, or null if the read has stopped.
     */
    private @Nullable ParsedChunk finish(ParsedChunk chunk) throws Throwable {
        synchronized (turning) {
            while (turn != chunk.ordinal() && parsed.size() == maxParsed && !stopped) {
                turning.wait();
            }
            if (stopped) {
                return null;
            }
            if (turn != chunk.ordinal()) {
                parsed.put(chunk.ordinal(), chunk);
                ParsedChunk free = unused.poll();
                return free == null ? new ParsedChunk() : free;
            }
        }
        chunk.passOn();
        for (ParsedChunk next = nextTurn(); next != null; next = nextTurn()) {
            next.passOn();
            synchronized (turning) {
                unused.add(next);
            }
        }
        return chunk;
    }

    /** Ends the turn of a chunk; returns the next one if it is parsed. */
    private @Nullable ParsedChunk nextTurn() {
        synchronized (turning) {
            turn++;
            turning.notifyAll();
            return stopped ? null : parsed.remove(turn);
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

    /** A chunk and the rows parsed from it. */
    private final class ParsedChunk {
        final Chunks.Chunk chunk = new Chunks.Chunk();
        private final RowParser parser = plan.parser();
        private final List<ParsedBlock> blocks = new ArrayList<>();
        private int filled;
        private int at;
        private @Nullable Throwable pending;

        /** @param failure why the chunk cannot be read; null if it can */
        void begin(@Nullable Throwable failure) {
            pending = failure;
            filled = 0;
            at = -1;
        }

        int ordinal() {
            return chunk.ordinal;
        }

        boolean hasMore() {
            return pending == null && at < chunk.to;
        }

        boolean isFull() {
            return filled == MAX_BLOCKS;
        }

        void parseBlock() {
            try {
                if (at < 0) {
                    at = (int) Math.max(chunk.from, Math.min(chunk.to, plan.bodyOffset() - chunk.offset));
                    BinaryContentCheck.check(source, chunk.bytes, at, chunk.to, chunk.offset);
                }
                if (filled == blocks.size()) {
                    blocks.add(new ParsedBlock(plan, keepsDecimals, carried));
                }
                at = blocks.get(filled).fill(parser, chunk.bytes, at, chunk.to);
                filled++;
            } catch (Exception e) {
                pending = e;
            }
        }

        /** Passes on the parsed blocks, in the chunk's turn. */
        void passOn() throws Throwable {
            if (pending != null) {
                throw pending;
            }
            for (int i = 0; i < filled; i++) {
                ParsedBlock block = blocks.get(i);
                rowsRead += block.raw.rows;
                unreadable += block.rows.unreadable();
                if (block.raw.rows > 0) {
                    sink.block(block.rows);
                }
            }
            filled = 0;
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
