package dynoai.analyzer.stream;

import dynoai.analyzer.stream.internal.PreCommitHookStore;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Folds a run's blocks and forwards its grids when it ends. An unexpected record is either a repetition and left out, or fails
 * its run; it never stops the partition.
 */
final class FoldRowsIntoRun implements Processor<String, byte[], String, byte[]> {
    /** Shop of records whose key is invalid. */
    static final String NO_SHOP = "unreadable";

    /** How long markers and unfinished attempts are kept; the run log itself keeps three days. */
    private static final Duration RETENTION = Duration.ofDays(7);

    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);
    /** For the key and the headers of a record. */
    private static final int RECORD_OVERHEAD = 4096;

    private final RecordDecoder<RunLogRecord> decoder;
    private final AnalyzerEvents events;
    private @Nullable ProcessorContext<String, byte[]> context;
    private @Nullable RunStores runs;
    private @Nullable Cancellable purging;

    FoldRowsIntoRun(RecordDecoder<RunLogRecord> decoder, AnalyzerEvents events) {
        this.decoder = decoder;
        this.events = events;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> given) {
        context = given;
        RunStores stores = new RunStores(
                given.getStateStore(RunAnalysisTopology.AGGREGATES),
                given.getStateStore(RunAnalysisTopology.ERRORS),
                given.getStateStore(RunAnalysisTopology.WINDOWS),
                decoder);
        runs = stores;
        given.<PreCommitHookStore>getStateStore(RunAnalysisTopology.BEFORE_COMMIT)
                .beforeCommit(stores::save);
        purging = given.schedule(
                PURGE_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> stores.purge(now - RETENTION.toMillis()));
    }

    @Override
    public void close() {
        if (purging != null) {
            purging.cancel();
        }
        runs = null;
        if (context != null) {
            events.partitionClosed(context.taskId().partition());
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordPosition at = RecordPosition.of(record, opened());
        if (record.key() == null || !RunKey.isKey(record.key())) {
            fail(at, 0, Optional.empty(), FailureCode.UNREADABLE_RECORD, "its key is not shop/run");
            return;
        }
        RunStores.Known known;
        try {
            known = stores().find(at.key());
        } catch (UnreadableRecordException e) {
            fail(at, 0, Optional.empty(), FailureCode.STATE_UNREADABLE, text(e));
            return;
        }
        RunLogRecord entry;
        try {
            entry = decode(record.value());
        } catch (UnreadableRecordException e) {
            unreadable(at, known, FailureCode.UNREADABLE_RECORD, text(e));
            return;
        } catch (UnknownSchemaException e) {
            deadLetter(at, record, e);
            unreadable(at, known, FailureCode.UNKNOWN_SCHEMA, text(e));
            return;
        }
        if (entry instanceof RunLogRecord.Started started) {
            start(at, known, started, record.value());
        } else if (entry instanceof RunLogRecord.Block block) {
            fold(at, known, block);
        } else if (entry instanceof RunLogRecord.Ended ended) {
            end(at, known, ended);
        } else if (entry instanceof RunLogRecord.Abandoned abandoned) {
            abandon(at, known, abandoned);
        }
    }

    private RunLogRecord decode(byte @Nullable [] value) throws UnreadableRecordException {
        if (value == null) {
            throw new UnreadableRecordException("it has no value");
        }
        return decoder.decode(value);
    }

    private void start(RecordPosition at, RunStores.@Nullable Known known, RunLogRecord.Started started, byte[] bytes) {
        RunStarted run = started.run();
        if (known != null && started.attempt() <= known.attempt()) {
            events.recordRepeated(at.key());
            return;
        }
        String key = run.shop() + '/' + run.runId();
        if (!at.key().toString().equals(key)) {
            String message = "the start of run " + key + " came under another run's key";
            unreadable(at, known, FailureCode.UNREADABLE_RECORD, message);
            return;
        }
        try {
            stores().begin(at.key(), known, new ActiveRun(run, started.attempt(), at.timestamp()), bytes);
            events.runStarted(at.key(), started.attempt(), at.partition());
        } catch (InvalidOptionException e) {
            fail(at, started.attempt(), Optional.of(run), FailureCode.OPTION_REFUSED, text(e));
        }
    }

    private void fold(RecordPosition at, RunStores.@Nullable Known known, RunLogRecord.Block block) {
        ActiveRun run = expected(at, known, block.attempt());
        if (run == null) {
            return;
        }
        if (block.ordinal() < run.blocks()) {
            events.recordRepeated(at.key());
            return;
        }
        if (block.ordinal() > run.blocks() || block.firstRow() != run.rows() + 1) {
            String message = "block " + block.ordinal() + " from row " + block.firstRow() + " came, expected block "
                    + run.blocks() + " from row " + (run.rows() + 1);
            fail(at, run.attempt(), Optional.of(run.started()), FailureCode.BLOCKS_MISSING, message);
            return;
        }
        long began = System.nanoTime();
        try {
            run.fold(block.rows());
        } catch (RuntimeException e) {
            fail(at, run.attempt(), Optional.of(run.started()), FailureCode.FOLD_FAILED, e.toString());
            return;
        }
        stores().folded(at.key(), run);
        events.blockFolded(new AnalyzerEvents.FoldedBlock(
                at.key(),
                at.partition(),
                block.rows().count(),
                run.aggregate().closedWindows() + 1,
                System.nanoTime() - began));
    }

    private void end(RecordPosition at, RunStores.@Nullable Known known, RunLogRecord.Ended ended) {
        ActiveRun run = expected(at, known, ended.attempt());
        if (run == null) {
            return;
        }
        Optional<RunStarted> started = Optional.of(run.started());
        if (!ended.sha256().equals(run.started().sha256())) {
            String message =
                    "the log was " + run.started().sha256() + " at its start and " + ended.sha256() + " at its end";
            fail(at, run.attempt(), started, FailureCode.HASH_DIFFERS, message);
            return;
        }
        if (ended.blocks() != run.blocks()
                || ended.rowsRead() - ended.unreadable() != run.rows()
                || ended.unreadable() < run.unreadable()) {
            String message = run.blocks() + " blocks and " + run.rows() + " rows came, and " + run.unreadable()
                    + " unreadable ones; the end reports " + ended.blocks() + " blocks, " + ended.rowsRead()
                    + " rows read and " + ended.unreadable() + " unreadable";
            fail(at, run.attempt(), started, FailureCode.COUNTS_DO_NOT_ADD_UP, message);
            return;
        }
        try {
            complete(at, run, ended);
        } catch (UnreadableRecordException e) {
            fail(at, run.attempt(), started, FailureCode.STATE_UNREADABLE, text(e));
        } finally {
            run.aggregate().close();
        }
    }

    private void complete(RecordPosition at, ActiveRun run, RunLogRecord.Ended ended) throws UnreadableRecordException {
        stores().gatherErrors(at.key(), run);
        RunGrids grids = run.aggregate().grids(ended.rowsRead(), ended.unreadable(), stores().windows(at.key(), run));
        byte[] outcome =
                WireFormat.RUN_OUTCOME.encode(new RunOutcome.Completed(at.key(), run.attempt(), run.started(), grids));
        if (outcome.length > Topics.MAX_OUTCOME_BYTES - RECORD_OVERHEAD) {
            String message = "its timeline has " + grids.timeline().size() + " windows, more than one record can hold";
            fail(at, run.attempt(), Optional.of(run.started()), FailureCode.TIMELINE_TOO_LONG, message);
            return;
        }
        forward(at, outcome);
        stores().end(at.key(), run.attempt(), at.timestamp());
        events.runCompleted(at.key(), run.attempt(), run.rows());
    }

    private void abandon(RecordPosition at, RunStores.@Nullable Known known, RunLogRecord.Abandoned abandoned) {
        if (known != null && (known.active() == null || abandoned.attempt() < known.attempt())) {
            events.recordRepeated(at.key());
            return;
        }
        stores().end(at.key(), abandoned.attempt(), at.timestamp());
        events.runAbandoned(at.key());
    }

    /** Returns the active attempt of the record; without one, reports the record and returns null. */
    private @Nullable ActiveRun expected(RecordPosition at, RunStores.@Nullable Known known, int attempt) {
        if (known != null && (attempt < known.attempt() || attempt == known.attempt() && known.active() == null)) {
            events.recordRepeated(at.key());
            return null;
        }
        if (known == null || attempt > known.attempt()) {
            String message = "a record of attempt " + attempt + " came without its start";
            fail(at, attempt, Optional.empty(), FailureCode.BLOCKS_MISSING, message);
            return null;
        }
        return known.active();
    }

    /** Fails the active attempt; a run that has ended stays as it is. */
    private void unreadable(RecordPosition at, RunStores.@Nullable Known known, FailureCode code, String message) {
        if (known == null) {
            fail(at, 0, Optional.empty(), code, message);
        } else if (known.active() == null) {
            events.recordRepeated(at.key());
        } else {
            Optional<RunStarted> started = Optional.of(known.active().started());
            fail(at, known.attempt(), started, code, message);
        }
    }

    private void deadLetter(RecordPosition at, Record<String, byte[]> record, UnknownSchemaException cause) {
        DeadLetter letter = new DeadLetter(
                opened().recordMetadata().map(RecordMetadata::topic).orElse(""),
                at.partition(),
                at.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                UnknownSchemaException.text(cause.fingerprint()),
                text(cause));
        Record<String, byte[]> sent = new Record<>(letter.key(), letter.value(), at.timestamp(), letter.headers());
        opened().forward(sent, RunAnalysisTopology.DEAD_LETTERS);
    }

    private void fail(RecordPosition at, int attempt, Optional<RunStarted> started, FailureCode code, String message) {
        RunOutcome failed =
                new RunOutcome.Failed(at.key(), attempt, started, code, message, at.partition(), at.offset());
        forward(at, WireFormat.RUN_OUTCOME.encode(failed));
        stores().end(at.key(), attempt, at.timestamp());
        events.runFailed(at.key(), attempt, code, message);
    }

    private void forward(RecordPosition at, byte[] outcome) {
        opened().forward(new Record<>(at.key().toString(), outcome, at.timestamp()), RunAnalysisTopology.SINK);
    }

    private ProcessorContext<String, byte[]> opened() {
        if (context == null) {
            throw new IllegalStateException("not initialised");
        }
        return context;
    }

    private RunStores stores() {
        if (runs == null) {
            throw new IllegalStateException("not initialised");
        }
        return runs;
    }

    private static String text(Exception cause) {
        return String.valueOf(cause.getMessage());
    }
}
