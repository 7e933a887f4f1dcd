package dynoai.analyzer.stream;

import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.TimelineWindows;
import dynoai.schemas.wire.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one task. Those that blocks come of are objects; what came of them is written to the stores right before Kafka
 * Streams commits the records it came from, or earlier. A run that begins and ends within one transaction never gets there.
 */
final class RunStores {
    /** Runs held as objects, some megabytes each; more of them at a time on one partition are read back from their bytes. */
    private static final int HELD = 4;

    /** Distinct errors that may wait for the commit, so that a portion stays far below the longest record of a topic. */
    private static final int UNSAVED_ERRORS = 32 * 1024;

    private static final int OVER = 2;
    private static final String STARTED = "/started";

    private final KeyValueStore<String, byte[]> aggregates;
    private final KeyValueStore<Bytes, byte[]> errors;
    private final WindowStore<String, byte[]> windows;
    private final RecordDecoder<RunLogRecord> decoder;
    private final AvroOutput scratch = new AvroOutput(16 * 1024);
    private final Map<RunKey, ActiveRun> held = new LinkedHashMap<>(64, 0.75f, true);
    /** Those of them of which the stores do not know everything. */
    private final Set<RunKey> unsaved = new LinkedHashSet<>();

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
    record Known(int attempt, @Nullable ActiveRun live) {}

    /** @return null when nothing is known of the run */
    @Nullable
    Known find(RunKey key) throws UnreadableRecordException {
        ActiveRun live = held.get(key);
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
        live = read(key, new AvroInput(bytes));
        hold(key, live);
        return new Known(live.attempt(), live);
    }

    private ActiveRun read(RunKey key, AvroInput in) throws UnreadableRecordException {
        byte[] bytes = aggregates.get(key + STARTED);
        if (bytes == null || !(decoder.decode(bytes) instanceof RunLogRecord.Started started)) {
            throw new UnreadableRecordException("the start of the run is not in the store");
        }
        try {
            return ActiveRun.read(in, started.run());
        } catch (InvalidOptionException refused) {
            throw new UnreadableRecordException("options in the store are refused: " + refused.getMessage(), refused);
        }
    }

    private void hold(RunKey key, ActiveRun run) {
        held.put(key, run);
        if (held.size() > HELD) {
            Map.Entry<RunKey, ActiveRun> eldest = held.entrySet().iterator().next();
            if (unsaved.remove(eldest.getKey())) {
                write(eldest.getKey(), eldest.getValue());
            }
            held.remove(eldest.getKey());
        }
    }

    /**
     * @param before what was known of the run so far
     * @param record the bytes that started the run, as they came
     */
    void begin(RunKey key, @Nullable Known before, ActiveRun run, byte[] record) {
        if (before != null) {
            forget(key);
        }
        run.beganWith(record);
        unsaved.add(key);
        hold(key, run);
    }

    /** Takes note that a run went on; it is written before the next commit. */
    void folded(RunKey key, ActiveRun run) {
        unsaved.add(key);
        if (run.aggregate().distinctErrors() > UNSAVED_ERRORS) {
            unsaved.remove(key);
            write(key, run);
        }
    }

    /** Writes everything to the stores, so that the transaction may end. */
    void save() {
        for (RunKey key : unsaved) {
            write(key, Objects.requireNonNull(held.get(key), "an unsaved run is held"));
        }
        unsaved.clear();
    }

    private void write(RunKey key, ActiveRun run) {
        byte[] start = run.takeUnsavedStart();
        if (start != null) {
            aggregates.put(key + STARTED, start);
        }
        scratch.clear();
        run.aggregate().takeErrors(scratch);
        errors.put(errorKey(key, run.attempt(), run.portions()), scratch.toByteArray());
        run.countPortion();
        for (TimelineWindow window : run.aggregate().takeClosedWindows()) {
            scratch.clear();
            scratch.writeInt(run.attempt());
            TimelineWindows.write(scratch, window);
            windows.put(key.toString(), scratch.toByteArray(), run.startedAt() + window.ordinal());
            run.countWindows(1);
        }
        scratch.clear();
        run.write(scratch);
        aggregates.put(key.toString(), scratch.toByteArray());
    }

    /** Adds the errors in the store to those still in the run. */
    void gatherErrors(RunKey key, ActiveRun run) throws UnreadableRecordException {
        if (run.portions() == 0) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> portions =
                errors.range(errorKey(key, run.attempt(), 0), errorKey(key, run.attempt(), Integer.MAX_VALUE))) {
            int found = 0;
            while (portions.hasNext()) {
                AvroInput in = new AvroInput(portions.next().value);
                run.aggregate().addErrors(in);
                in.expectEnd();
                found++;
            }
            if (found != run.portions()) {
                throw new UnreadableRecordException(found + " portions of errors in the store, of " + run.portions());
            }
        }
    }

    /** The closed windows of the run that are in the store, in order; the others are still in the run. */
    List<TimelineWindow> windows(RunKey key, ActiveRun run) throws UnreadableRecordException {
        if (run.windows() == 0) {
            return List.of();
        }
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
            throw new UnreadableRecordException(all.size() + " windows in the store, of " + run.windows());
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
        unsaved.remove(key);
        ActiveRun run = held.remove(key);
        if (run != null && !run.isSaved()) {
            return;
        }
        aggregates.delete(key + STARTED);
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> portions =
                errors.range(errorKey(key, 0, 0), errorKey(key, Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            while (portions.hasNext()) {
                old.add(portions.next().key);
            }
        }
        for (Bytes portion : old) {
            errors.delete(portion);
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
        } catch (UnreadableRecordException damaged) {
            return Long.MIN_VALUE;
        }
    }

    private static Bytes errorKey(RunKey key, int attempt, int portion) {
        byte[] name = key.toString().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + 2 * Integer.BYTES)
                .put(name)
                .put((byte) 0)
                .putInt(attempt)
                .putInt(portion)
                .array());
    }
}
