package dynoai.analyzer.stream;

import dynoai.analyzer.stream.internal.PreCommitHookStore;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Folds a run's blocks as they come and makes its grids when it ends. Whatever is not the expected next record is either
 * recognised as a repetition and left out, or ends the run with a reason; nothing stops the partition.
 */
final class FoldRowsIntoRun implements Processor<String, byte[], String, byte[]> {
    /** Shop of records whose own key names no run. */
    static final String NO_SHOP = "unreadable";

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);
    private static final int HEADROOM = 4096;

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
                PURGE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> stores.purge(now - KEPT.toMillis()));
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
        RecordPosition arrival = RecordPosition.of(record, opened());
        if (record.key() == null || !RunKey.isKey(record.key())) {
            fail(arrival, 0, Optional.empty(), FailureCode.UNREADABLE_RECORD, "its key names no run");
            return;
        }
        RunStores.Known known;
        try {
            known = stores().find(arrival.key());
        } catch (UnreadableRecordException damaged) {
            fail(arrival, 0, Optional.empty(), FailureCode.STATE_UNREADABLE, text(damaged));
            return;
        }
        RunLogRecord entry;
        try {
            entry = decode(record.value());
        } catch (UnreadableRecordException damaged) {
            unreadable(arrival, known, text(damaged));
            return;
        }
        if (entry instanceof RunLogRecord.Started started) {
            start(arrival, known, started, record.value());
        } else if (entry instanceof RunLogRecord.Block block) {
            fold(arrival, known, block);
        } else if (entry instanceof RunLogRecord.Ended ended) {
            end(arrival, known, ended);
        } else if (entry instanceof RunLogRecord.Abandoned abandoned) {
            abandon(arrival, known, abandoned);
        }
    }

    private RunLogRecord decode(byte @Nullable [] value) throws UnreadableRecordException {
        if (value == null) {
            throw new UnreadableRecordException("it has no value");
        }
        return decoder.decode(value);
    }

    private void start(
            RecordPosition arrival, RunStores.@Nullable Known known, RunLogRecord.Started started, byte[] bytes) {
        RunStarted run = started.run();
        if (known != null && started.attempt() <= known.attempt()) {
            events.recordRepeated(arrival.key());
            return;
        }
        if (!arrival.key().equals(new RunKey(run.shop(), run.runId()))) {
            unreadable(
                    arrival,
                    known,
                    "the start of run " + run.shop() + '/' + run.runId() + " came under another run's key");
            return;
        }
        try {
            stores().begin(arrival.key(), known, new ActiveRun(run, started.attempt(), arrival.timestamp()), bytes);
            events.runStarted(arrival.key(), started.attempt(), arrival.partition());
        } catch (InvalidOptionException refused) {
            fail(arrival, started.attempt(), Optional.of(run), FailureCode.OPTION_REFUSED, text(refused));
        }
    }

    private void fold(RecordPosition arrival, RunStores.@Nullable Known known, RunLogRecord.Block block) {
        ActiveRun run = expected(arrival, known, block.attempt());
        if (run == null) {
            return;
        }
        if (block.ordinal() < run.blocks()) {
            events.recordRepeated(arrival.key());
            return;
        }
        if (block.ordinal() > run.blocks() || block.firstRow() != run.rows() + 1) {
            String message = "block " + block.ordinal() + " from row " + block.firstRow() + " came, expected block "
                    + run.blocks() + " from row " + (run.rows() + 1);
            fail(arrival, run.attempt(), Optional.of(run.started()), FailureCode.BLOCKS_MISSING, message);
            return;
        }
        long began = System.nanoTime();
        try {
            run.fold(block.rows());
        } catch (RuntimeException failed) {
            fail(arrival, run.attempt(), Optional.of(run.started()), FailureCode.FOLD_FAILED, failed.toString());
            return;
        }
        stores().folded(arrival.key(), run);
        events.blockFolded(new AnalyzerEvents.FoldedBlock(
                arrival.key(),
                arrival.partition(),
                block.rows().count(),
                run.aggregate().closedWindows() + 1,
                System.nanoTime() - began));
    }

    private void end(RecordPosition arrival, RunStores.@Nullable Known known, RunLogRecord.Ended ended) {
        ActiveRun run = expected(arrival, known, ended.attempt());
        if (run == null) {
            return;
        }
        Optional<RunStarted> started = Optional.of(run.started());
        if (!ended.sha256().equals(run.started().sha256())) {
            String message =
                    "the log was " + run.started().sha256() + " at its start and " + ended.sha256() + " at its end";
            fail(arrival, run.attempt(), started, FailureCode.HASH_DIFFERS, message);
            return;
        }
        if (ended.blocks() != run.blocks()
                || ended.rowsRead() - ended.unreadable() != run.rows()
                || ended.unreadable() < run.unreadable()) {
            String message = run.blocks() + " blocks and " + run.rows() + " rows came, and " + run.unreadable()
                    + " unreadable ones; the end tells " + ended.blocks() + " blocks, " + ended.rowsRead()
                    + " rows read and " + ended.unreadable() + " unreadable";
            fail(arrival, run.attempt(), started, FailureCode.COUNTS_DO_NOT_ADD_UP, message);
            return;
        }
        try {
            complete(arrival, run, ended);
        } catch (UnreadableRecordException damaged) {
            fail(arrival, run.attempt(), started, FailureCode.STATE_UNREADABLE, text(damaged));
        } finally {
            run.aggregate().close();
        }
    }

    private void complete(RecordPosition arrival, ActiveRun run, RunLogRecord.Ended ended)
            throws UnreadableRecordException {
        stores().gatherErrors(arrival.key(), run);
        RunGrids grids =
                run.aggregate().grids(ended.rowsRead(), ended.unreadable(), stores().windows(arrival.key(), run));
        byte[] outcome = WireFormat.RUN_OUTCOME.encode(
                new RunOutcome.Completed(arrival.key(), run.attempt(), run.started(), grids));
        if (outcome.length > Topics.LONGEST_OUTCOME - HEADROOM) {
            String message = "its timeline has " + grids.timeline().size() + " windows, more than one record can hold";
            fail(arrival, run.attempt(), Optional.of(run.started()), FailureCode.TIMELINE_TOO_LONG, message);
            return;
        }
        opened().forward(new Record<>(arrival.key().toString(), outcome, arrival.timestamp()));
        stores().end(arrival.key(), run.attempt(), arrival.timestamp());
        events.runCompleted(arrival.key(), run.attempt(), run.rows());
    }

    private void abandon(RecordPosition arrival, RunStores.@Nullable Known known, RunLogRecord.Abandoned abandoned) {
        if (known != null && (known.live() == null || abandoned.attempt() < known.attempt())) {
            events.recordRepeated(arrival.key());
            return;
        }
        stores().end(arrival.key(), abandoned.attempt(), arrival.timestamp());
        events.runAbandoned(arrival.key());
    }

    /** The attempt the record belongs to, if that is under way; else the record is dealt with. */
    private @Nullable ActiveRun expected(RecordPosition arrival, RunStores.@Nullable Known known, int attempt) {
        if (known != null && (attempt < known.attempt() || attempt == known.attempt() && known.live() == null)) {
            events.recordRepeated(arrival.key());
            return null;
        }
        if (known == null || attempt > known.attempt()) {
            String message = "a record of attempt " + attempt + " came without its start";
            fail(arrival, attempt, Optional.empty(), FailureCode.BLOCKS_MISSING, message);
            return null;
        }
        return known.live();
    }

    /** Ends the attempt under way; a run that is over already is left alone. */
    private void unreadable(RecordPosition arrival, RunStores.@Nullable Known known, String message) {
        if (known == null) {
            fail(arrival, 0, Optional.empty(), FailureCode.UNREADABLE_RECORD, message);
        } else if (known.live() == null) {
            events.recordRepeated(arrival.key());
        } else {
            Optional<RunStarted> started = Optional.of(known.live().started());
            fail(arrival, known.attempt(), started, FailureCode.UNREADABLE_RECORD, message);
        }
    }

    private void fail(RecordPosition at, int attempt, Optional<RunStarted> started, FailureCode code, String message) {
        RunOutcome failed =
                new RunOutcome.Failed(at.key(), attempt, started, code, message, at.partition(), at.offset());
        opened().forward(new Record<>(at.key().toString(), WireFormat.RUN_OUTCOME.encode(failed), at.timestamp()));
        stores().end(at.key(), attempt, at.timestamp());
        events.runFailed(at.key(), attempt, code, message);
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
