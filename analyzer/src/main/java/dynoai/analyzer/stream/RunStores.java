package dynoai.analyzer.stream;

import dynoai.schemas.OptionRefused;
import dynoai.schemas.TimelineWindow;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.TimelineWindows;
import dynoai.schemas.wire.UnreadableRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one task. Everything is in the stores after each record; the objects held beside them only save reading it
 * back for the next one.
 */
final class RunStores {
    /** Runs held as objects, some megabytes each; more of them at a time on one partition are read back from their bytes. */
    private static final int HELD = 4;

    private static final int LIVE = 1;
    private static final int OVER = 2;
    private static final String STARTED = "/started";

    private final KeyValueStore<String, byte[]> aggregates;
    private final KeyValueStore<Bytes, byte[]> errors;
    private final WindowStore<String, byte[]> windows;
    private final RecordDecoder<RunLogRecord> decoder;
    private final AvroOutput scratch = new AvroOutput(16 * 1024);
    private final Map<RunKey, LiveRun> held = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunKey, LiveRun> eldest) {
            return size() > HELD;
        }
    };

    RunStores(
            KeyValueStore<String, byte[]> aggregates,
            KeyValueStore<Bytes, byte[]> errors,
            WindowStore<String, byte[]> windows,
            RecordDecoder<RunLogRecord> decoder) {
        this.aggregates = aggregates;
        this.errors = errors;
        this.windows = windows;
        this.decoder = decoder;
    }

    /** What is known of a run: {@code live} while an attempt is under way, else only which attempt was the last. */
    record Known(int attempt, @Nullable LiveRun live) {}

    /** @return null when nothing is known of the run */
    @Nullable
    Known find(RunKey key) throws UnreadableRecord {
        LiveRun live = held.get(key);
        if (live != null) {
            return new Known(live.attempt(), live);
        }
        byte[] bytes = aggregates.get(key.toString());
        if (bytes == null) {
            return null;
        }
        AvroInput in = new AvroInput(bytes);
        if (in.readInt() == OVER) {
            return new Known(in.readInt(), null);
        }
        live = read(key, in);
        held.put(key, live);
        return new Known(live.attempt(), live);
    }

    private LiveRun read(RunKey key, AvroInput in) throws UnreadableRecord {
        byte[] bytes = aggregates.get(key + STARTED);
        if (bytes == null || !(decoder.decode(bytes) instanceof RunLogRecord.Started started)) {
            throw new UnreadableRecord("the start of the run is not in the store");
        }
        try {
            return LiveRun.read(in, started.run());
        } catch (OptionRefused refused) {
            throw new UnreadableRecord("options in the store are refused: " + refused.getMessage(), refused);
        }
    }

    /** @param record the bytes that started the run, as they came */
    void begin(RunKey key, LiveRun run, byte[] record) {
        forget(key);
        aggregates.put(key + STARTED, record);
        save(key, run);
    }

    /** Takes what the last block left in the aggregate to the stores. */
    void save(RunKey key, LiveRun run) {
        scratch.clear();
        run.aggregate().takeErrors(scratch);
        if (run.blocks() > 0) {
            errors.put(errorKey(key, run.attempt(), run.blocks() - 1), scratch.toByteArray());
        }
        for (TimelineWindow window : run.aggregate().takeClosedWindows()) {
            scratch.clear();
            scratch.writeInt(run.attempt());
            TimelineWindows.write(scratch, window);
            windows.put(key.toString(), scratch.toByteArray(), run.startedAt() + window.ordinal());
            run.countWindows(1);
        }
        scratch.clear();
        scratch.writeInt(LIVE);
        run.write(scratch);
        aggregates.put(key.toString(), scratch.toByteArray());
        held.put(key, run);
    }

    /** Adds up the errors of all blocks of the run. */
    void gatherErrors(RunKey key, LiveRun run) throws UnreadableRecord {
        try (KeyValueIterator<Bytes, byte[]> blocks =
                errors.range(errorKey(key, run.attempt(), 0), errorKey(key, run.attempt(), Integer.MAX_VALUE))) {
            int found = 0;
            while (blocks.hasNext()) {
                AvroInput in = new AvroInput(blocks.next().value);
                run.aggregate().addErrors(in);
                in.expectEnd();
                found++;
            }
            if (found != run.blocks()) {
                throw new UnreadableRecord("errors of " + found + " blocks in the store, of " + run.blocks());
            }
        }
    }

    /** The closed windows of the run in order. */
    List<TimelineWindow> windows(RunKey key, LiveRun run) throws UnreadableRecord {
        List<TimelineWindow> all = new ArrayList<>(run.windows());
        try (WindowStoreIterator<byte[]> stored =
                windows.fetch(key.toString(), run.startedAt(), run.startedAt() + run.windows() - 1)) {
            while (stored.hasNext()) {
                AvroInput in = new AvroInput(stored.next().value);
                if (in.readInt() == run.attempt()) {
                    all.add(TimelineWindows.read(in));
                }
            }
        }
        if (all.size() != run.windows()) {
            throw new UnreadableRecord(all.size() + " windows in the store, of " + run.windows());
        }
        return all;
    }

    /** Keeps of the run only that this attempt is over, so that whatever of it comes again is recognised. */
    void end(RunKey key, int attempt, long now) {
        forget(key);
        scratch.clear();
        scratch.writeInt(OVER);
        scratch.writeInt(attempt);
        scratch.writeLong(now);
        aggregates.put(key.toString(), scratch.toByteArray());
    }

    private void forget(RunKey key) {
        held.remove(key);
        aggregates.delete(key + STARTED);
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> blocks =
                errors.range(errorKey(key, 0, 0), errorKey(key, Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            while (blocks.hasNext()) {
                old.add(blocks.next().key);
            }
        }
        for (Bytes block : old) {
            errors.delete(block);
        }
    }

    /** Drops what has been untouched since before the given time: markers of runs long over, attempts nobody ended. */
    int purge(long before) {
        List<RunKey> old = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = aggregates.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (RunKey.isKey(entry.key) && lastTouched(entry.value) < before) {
                    old.add(RunKey.parse(entry.key));
                }
            }
        }
        for (RunKey key : old) {
            forget(key);
            aggregates.delete(key.toString());
        }
        return old.size();
    }

    private static long lastTouched(byte[] state) {
        try {
            AvroInput in = new AvroInput(state);
            in.readInt();
            in.readInt();
            return in.readLong();
        } catch (UnreadableRecord damaged) {
            return Long.MIN_VALUE;
        }
    }

    private static Bytes errorKey(RunKey key, int attempt, int block) {
        byte[] name = key.toString().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + 2 * Integer.BYTES)
                .put(name)
                .put((byte) 0)
                .putInt(attempt)
                .putInt(block)
                .array());
    }
}
