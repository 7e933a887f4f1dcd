package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.analyzer.stream.internal.PreCommitHookStore;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.WireFormat;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreCommitFlushTest {
    private static final long START = 1_772_600_000_000L;

    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> aggregates = opened(Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(RunAnalysisTopology.AGGREGATES), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build());
    private final KeyValueStore<Bytes, byte[]> errors = opened(Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(RunAnalysisTopology.ERRORS), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build());
    private final WindowStore<String, byte[]> windows = opened(Stores.windowStoreBuilder(
                    Stores.inMemoryWindowStore(
                            RunAnalysisTopology.WINDOWS, Duration.ofDays(14), Duration.ofMillis(1), false),
                    Serdes.String(),
                    Serdes.ByteArray())
            .withLoggingDisabled()
            .build());
    private final PreCommitHookStore beforeCommit =
            opened(PreCommitHookStore.builder(RunAnalysisTopology.BEFORE_COMMIT).build());
    private FoldRowsIntoRun processor = newProcessor();

    @Test
    void runWithinOneTransaction_leavesOnlyItsMarker() throws Exception {
        // Given
        SampleRunRecords run = new SampleRunRecords("r1", 1, 5000, 500);
        // When
        process(run.key(), run.records(1));
        beforeCommit.flushCache();
        // Then
        assertThat(outcomes()).containsExactly(completed(run));
        assertThat(keys(aggregates)).containsExactly(run.key().toString());
        assertThat(keys(errors)).isEmpty();
        assertThat(keys(windows.all())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 11})
    void runContinuedByAnotherTaskAfterEveryCommit_hasTheGridsOfTheBatchCommand(int recordsPerCommit) throws Exception {
        // Given
        SampleRunRecords run = new SampleRunRecords("r1", 1, 5000, 500);
        List<byte[]> records = run.records(1);
        // When
        for (int from = 0; from < records.size(); from += recordsPerCommit) {
            process(run.key(), records.subList(from, Math.min(from + recordsPerCommit, records.size())));
            beforeCommit.flushCache();
            processor.close();
            processor = newProcessor();
        }
        // Then
        assertThat(outcomes()).containsExactly(completed(run));
        assertThat(keys(aggregates)).containsExactly(run.key().toString());
        assertThat(keys(errors)).isEmpty();
    }

    @Test
    void moreRunsThanTheCacheHolds_haveTheirOwnGrids() throws Exception {
        // Given
        List<SampleRunRecords> runs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            runs.add(new SampleRunRecords("r" + i, i, 3000, 500));
        }
        // When
        for (int record = 0; record < 8; record++) {
            for (SampleRunRecords run : runs) {
                process(run.key(), run.records(1).subList(record, record + 1));
            }
        }
        beforeCommit.flushCache();
        // Then
        List<RunOutcome> expected = new ArrayList<>();
        for (SampleRunRecords run : runs) {
            expected.add(completed(run));
        }
        assertThat(outcomes()).containsExactlyElementsOf(expected);
        assertThat(keys(errors)).isEmpty();
    }

    @Test
    void newAttemptOfASavedRun_keepsNothingOfTheFirst() throws Exception {
        // Given
        SampleRunRecords run = new SampleRunRecords("r1", 1, 5000, 500);
        process(run.key(), run.records(1).subList(0, 5));
        beforeCommit.flushCache();
        // When
        process(run.key(), run.records(2).subList(0, 3));
        beforeCommit.flushCache();
        process(run.key(), run.records(2).subList(3, 12));
        // Then
        assertThat(outcomes()).containsExactly(new RunOutcome.Completed(run.key(), 2, run.started(), run.batch()));
        assertThat(keys(errors)).isEmpty();
    }

    private static RunOutcome completed(SampleRunRecords run) throws Exception {
        return new RunOutcome.Completed(run.key(), 1, run.started(), run.batch());
    }

    private <S extends StateStore> S opened(S store) {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    private FoldRowsIntoRun newProcessor() {
        FoldRowsIntoRun made =
                new FoldRowsIntoRun(Topics.RUN_LOG.decoder(WriterSchemas.none()), new AnalyzerEvents() {});
        made.init(context);
        return made;
    }

    private void process(RunKey key, List<byte[]> records) {
        for (byte[] record : records) {
            context.setRecordMetadata(Topics.RUN_LOG.in(Namespace.DEFAULT), 0, 0);
            processor.process(new Record<>(key.toString(), record, START));
        }
    }

    private List<RunOutcome> outcomes() throws Exception {
        RecordDecoder<RunOutcome> decoder = new RecordDecoder<>(WireFormat.RUN_OUTCOME, WriterSchemas.none());
        List<RunOutcome> outcomes = new ArrayList<>();
        for (var forward : context.forwarded()) {
            outcomes.add(decoder.decode((byte[]) forward.record().value()));
        }
        return outcomes;
    }

    private static <K> List<K> keys(KeyValueStore<K, byte[]> store) {
        return keys(store.all());
    }

    private static <K> List<K> keys(KeyValueIterator<K, byte[]> all) {
        List<K> keys = new ArrayList<>();
        try (all) {
            while (all.hasNext()) {
                KeyValue<K, byte[]> entry = all.next();
                keys.add(entry.key);
            }
        }
        return keys;
    }
}
