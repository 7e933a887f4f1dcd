package dynoai.analyzer.stream;

import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.TimelineWindows;
import dynoai.schemas.wire.UnknownSchemaException;
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
 * The runs of one task. Caches active runs as objects and writes changed ones to the state stores before each commit, or on
 * eviction. A run that begins and ends within one transaction leaves only a marker.
 */
final class RunStores {
    /** Runs in the cache, some megabytes each. */
    private static final int MAX_CACHED_RUNS = 4;
    /** Distinct errors that may wait for a commit; keeps a portion far below the maximum record size. */
    private static final int MAX_UNSAVED_ERRORS = 32 * 1024;

    private static final String START_SUFFIX = "/started";

    private final KeyValueStore<String, byte[]> aggregates;
    private final KeyValueStore<Bytes, byte[]> errors;
    private final WindowStore<String, byte[]> windows;
    private final RecordDecoder<RunLogRecord> decoder;
    private final BinaryOutput scratch = new BinaryOutput(16 * 1024);
    private final Map<RunKey, ActiveRun> cached = new LinkedHashMap<>(64, 0.75f, true);
    /** Cached runs that changed since they were written. */
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

    /** The last attempt at a run; {@code active} is null once it ended. */
    record Known(int attempt, @Nullable ActiveRun active) {}

    /** Returns the last attempt at the run, or null for an unknown run. */
    @Nullable
    Known find(RunKey key) throws UnreadableRecordException {
        ActiveRun run = cached.get(key);
        if (run != null) {
            return new Known(run.attempt(), run);
        }
        byte[] bytes = aggregates.get(key.toString());
        if (bytes == null) {
            return null;
        }
        BinaryInput in = new BinaryInput(bytes);
        RunStateCodec.Header header = RunStateCodec.readHeader(in);
        if (!header.active()) {
            return new Known(header.attempt(), null);
        }
        run = read(key, in, header);
        cache(key, run);
        return new Known(run.attempt(), run);
    }

    private ActiveRun read(RunKey key, BinaryInput in, RunStateCodec.Header header) throws UnreadableRecordException {
        byte[] bytes = aggregates.get(key + START_SUFFIX);
        try {
            if (bytes == null || !(decoder.decode(bytes) instanceof RunLogRecord.Started started)) {
                throw new UnreadableRecordException("the start of the run is not in the store");
            }
            return RunStateCodec.readActive(in, header, started.run());
        } catch (UnknownSchemaException e) {
            throw new UnreadableRecordException("the schema of the run's start is not published any more", e);
        } catch (InvalidOptionException e) {
            throw new UnreadableRecordException("invalid options in the store: " + e.getMessage(), e);
        }
    }

    private void cache(RunKey key, ActiveRun run) {
        cached.put(key, run);
        if (cached.size() > MAX_CACHED_RUNS) {
            Map.Entry<RunKey, ActiveRun> eldest = cached.entrySet().iterator().next();
            if (unsaved.remove(eldest.getKey())) {
                write(eldest.getKey(), eldest.getValue());
            }
            cached.remove(eldest.getKey());
        }
    }

    /**
     * Starts an attempt.
     *
     * @param before the previous attempt
     * @param record the bytes of the record that started it
     */
    void begin(RunKey key, @Nullable Known before, ActiveRun run, byte[] record) {
        if (before != null) {
            forget(key);
        }
        run.beganWith(record);
        unsaved.add(key);
        cache(key, run);
    }

    /** Marks a run as changed. */
    void folded(RunKey key, ActiveRun run) {
        unsaved.add(key);
        if (run.state().distinctErrors() > MAX_UNSAVED_ERRORS) {
            unsaved.remove(key);
            write(key, run);
        }
    }

    /** Writes every changed run to the stores. */
    void save() {
        for (RunKey key : unsaved) {
            write(key, Objects.requireNonNull(cached.get(key), "an unsaved run is cached"));
        }
        unsaved.clear();
    }

    private void write(RunKey key, ActiveRun run) {
        byte[] start = run.takeUnsavedStart();
        if (start != null) {
            aggregates.put(key + START_SUFFIX, start);
        }
        scratch.clear();
        run.state().takeErrors(scratch);
        errors.put(errorKey(key, run.attempt(), run.portions()), scratch.toByteArray());
        run.countPortion();
        for (TimelineWindow window : run.state().takeClosedWindows()) {
            scratch.clear();
            scratch.writeInt(run.attempt());
            TimelineWindows.write(scratch, window);
            windows.put(key.toString(), scratch.toByteArray(), run.startedAt() + window.ordinal());
            run.countWindow();
        }
        scratch.clear();
        RunStateCodec.writeActive(scratch, run);
        aggregates.put(key.toString(), scratch.toByteArray());
    }

    /** Adds the errors in the store to those in the run. */
    void gatherErrors(RunKey key, ActiveRun run) throws UnreadableRecordException {
        if (run.portions() == 0) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> portions =
                errors.range(errorKey(key, run.attempt(), 0), errorKey(key, run.attempt(), Integer.MAX_VALUE))) {
            int found = 0;
            while (portions.hasNext()) {
                BinaryInput in = new BinaryInput(portions.next().value);
                run.state().addErrors(in);
                in.expectEnd();
                found++;
            }
            if (found != run.portions()) {
                throw new UnreadableRecordException(
                        "the store has " + found + " portions of errors, expected " + run.portions());
            }
        }
    }

    /** Returns the closed windows of the run that are in the store, in order. */
    List<TimelineWindow> windows(RunKey key, ActiveRun run) throws UnreadableRecordException {
        if (run.windows() == 0) {
            return List.of();
        }
        List<TimelineWindow> all = new ArrayList<>(run.windows());
        try (WindowStoreIterator<byte[]> stored =
                windows.fetch(key.toString(), run.startedAt(), run.startedAt() + run.windows() - 1)) {
            while (stored.hasNext()) {
                BinaryInput in = new BinaryInput(stored.next().value);
                if (in.readInt() == run.attempt()) {
                    all.add(TimelineWindows.read(in));
                }
            }
        }
        if (all.size() != run.windows()) {
            throw new UnreadableRecordException("the store has " + all.size() + " windows, expected " + run.windows());
        }
        return all;
    }

    /** Replaces the run by a marker that this attempt ended, by which repeated records are recognised. */
    void end(RunKey key, int attempt, long now) {
        forget(key);
        scratch.clear();
        RunStateCodec.writeEnded(scratch, attempt, now);
        aggregates.put(key.toString(), scratch.toByteArray());
    }

    private void forget(RunKey key) {
        unsaved.remove(key);
        ActiveRun run = cached.remove(key);
        if (run != null && !run.isSaved()) {
            return;
        }
        aggregates.delete(key + START_SUFFIX);
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

    /** Deletes markers and unfinished attempts that are older than the given time. */
    void purge(long before) {
        List<RunKey> old = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = aggregates.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (RunKey.isKey(entry.key) && time(entry.value) < before) {
                    old.add(RunKey.parse(entry.key));
                }
            }
        }
        for (RunKey key : old) {
            forget(key);
            aggregates.delete(key.toString());
        }
    }

    private static long time(byte[] state) {
        try {
            return RunStateCodec.readHeader(new BinaryInput(state)).time();
        } catch (UnreadableRecordException e) {
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
