package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunAnalysisTopologyTest {
    private final SampleRunRecords run = new SampleRunRecords("r1", 1, 5000, 1000);

    @Test
    void topology_isUnchanged() throws IOException {
        // Given
        byte[] golden = getClass().getResourceAsStream("topology.txt").readAllBytes();
        // When
        String described = TopologyRun.topology().describe().toString();
        // Then
        assertThat(described).isEqualTo(new String(golden, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 333, 1024})
    void runInBlocksOfAnySize_hasTheGridsOfTheBatchCommand(int blockRows) throws Exception {
        // Given
        SampleRunRecords sample = new SampleRunRecords("r1", 1, 3000, blockRows);
        try (TopologyRun stream = new TopologyRun()) {
            // When
            stream.send(sample.key(), sample.records(1));
            // Then
            assertThat(stream.outcomes())
                    .containsExactly(new RunOutcome.Completed(sample.key(), 1, sample.started(), sample.batch()));
        }
    }

    @Test
    void interleavedRuns_haveTheirOwnGrids() throws Exception {
        // Given
        List<SampleRunRecords> runs = new java.util.ArrayList<>();
        for (int i = 0; i < 50; i++) {
            runs.add(new SampleRunRecords("r" + i, i, 1500 + i, 200));
        }
        try (TopologyRun stream = new TopologyRun()) {
            // When
            for (int record = 0; record < 11; record++) {
                for (SampleRunRecords each : runs) {
                    List<byte[]> records = each.records(1);
                    if (record < records.size()) {
                        stream.send(each.key(), List.of(records.get(record)));
                    }
                }
            }
            // Then
            List<RunOutcome> outcomes = stream.outcomes();
            assertThat(outcomes).hasSize(50);
            for (SampleRunRecords each : runs) {
                assertThat(outcomes).contains(new RunOutcome.Completed(each.key(), 1, each.started(), each.batch()));
            }
        }
    }

    @Test
    void everyRecordTwice_countsOnce() throws Exception {
        // Given
        try (TopologyRun stream = new TopologyRun()) {
            // When
            for (byte[] record : run.records(1)) {
                stream.send(run.key(), List.of(record, record));
            }
            stream.send(run.key(), run.records(1));
            // Then
            assertThat(stream.outcomes()).containsExactly(completed(1));
            assertThat(stream.repeated()).isEqualTo(7 + 7);
        }
    }

    @Test
    void laterAttempt_replacesAnUnfinishedOne() throws Exception {
        // Given
        List<byte[]> first = run.records(1);
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), first.subList(0, 4));
            // When
            stream.send(run.key(), run.records(2));
            stream.send(run.key(), first.subList(4, first.size()));
            // Then
            assertThat(stream.outcomes()).containsExactly(completed(2));
        }
    }

    @Test
    void laterAttemptOfAFinishedRun_isFoldedAgain() throws Exception {
        // Given
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), run.records(1));
            // When
            stream.send(run.key(), run.records(2));
            // Then
            assertThat(stream.outcomes()).containsExactly(completed(1), completed(2));
        }
    }

    @Test
    void abandonedAttempt_leavesNothingBehind() throws Exception {
        // Given
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), run.records(1).subList(0, 3));
            // When
            stream.send(run.key(), List.of(new RunLogEncoder(1).abandoned("the file changed")));
            stream.send(run.key(), run.records(1).subList(3, 7));
            stream.send(run.key(), run.records(2));
            // Then
            assertThat(stream.outcomes()).containsExactly(completed(2));
        }
    }

    @Test
    void finishedRun_leavesOnlyAMarkerAndItsWindows() {
        // Given
        try (TopologyRun stream = new TopologyRun()) {
            // When
            stream.send(run.key(), run.records(1));
            // Then
            assertThat(stream.storedErrors()).isZero();
            assertThat(stream.storedAggregates()).containsOnlyKeys(run.key().toString());
            assertThat(stream.storedAggregates().get(run.key().toString())).hasSizeLessThan(16);
        }
    }

    @Test
    void missingBlock_failsTheRunWithItsOffset() {
        // Given
        List<byte[]> records = run.records(1);
        try (TopologyRun stream = new TopologyRun()) {
            // When
            stream.send(run.key(), records.subList(0, 2));
            stream.send(run.key(), records.subList(3, 7));
            // Then
            assertThat(stream.outcomes()).singleElement().satisfies(outcome -> {
                var failed = (RunOutcome.Failed) outcome;
                assertThat(failed.code()).isEqualTo(FailureCode.BLOCKS_MISSING);
                assertThat(failed.offset()).isEqualTo(2);
                assertThat(failed.started()).contains(run.started());
                assertThat(failed.message()).contains("block 2 from row 2001 came, expected block 1 from row 1001");
            });
        }
    }

    @Test
    void blockWithoutAStart_failsTheRunOnce() {
        // Given
        try (TopologyRun stream = new TopologyRun()) {
            // When
            stream.send(run.key(), run.records(1).subList(1, 7));
            // Then
            assertThat(codes(stream)).containsExactly(FailureCode.BLOCKS_MISSING);
        }
    }

    @Test
    void endWithOtherCountsOrHash_failsTheRun() {
        // Given
        List<byte[]> records = run.records(1).subList(0, 6);
        SampleRunRecords other = new SampleRunRecords("r2", 1, 5000, 1000);
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), records);
            stream.send(other.key(), other.records(1).subList(0, 6));
            // When
            stream.send(run.key(), List.of(end(run, run.rowsRead() + 1, SampleRunRecords.SHA)));
            stream.send(other.key(), List.of(end(other, other.rowsRead(), SampleRunRecords.SHA.replace('9', '8'))));
            // Then
            assertThat(codes(stream)).containsExactly(FailureCode.COUNTS_DO_NOT_ADD_UP, FailureCode.HASH_DIFFERS);
        }
    }

    static Stream<byte[]> invalidRecords() {
        Random random = new Random(5);
        byte[] noise = new byte[500];
        random.nextBytes(noise);
        byte[] cut = new SampleRunRecords("r1", 1, 1000, 1000).records(1).get(1);
        byte[] huge = new RunLogEncoder(1).abandoned("x");
        huge[11] = 2;
        byte[] start = new SampleRunRecords("r1", 1, 1000, 1000).records(2).get(0);
        String invalidShop = new String(start, StandardCharsets.ISO_8859_1).replace("shop-7", "shop/7");
        return Stream.of(
                invalidShop.getBytes(StandardCharsets.ISO_8859_1),
                new byte[0],
                noise,
                java.util.Arrays.copyOf(cut, cut.length / 2),
                huge,
                "hello".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("invalidRecords")
    void invalidRecordInARun_failsThatRunOnly(byte[] record) throws Exception {
        // Given
        SampleRunRecords next = new SampleRunRecords("r2", 2, 2000, 1000);
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), run.records(1).subList(0, 3));
            // When
            stream.send(run.key(), List.of(record));
            stream.send(run.key(), run.records(1).subList(3, 7));
            stream.send(next.key(), next.records(1));
            // Then
            List<RunOutcome> outcomes = stream.outcomes();
            assertThat(outcomes).hasSize(2);
            assertThat(((RunOutcome.Failed) outcomes.get(0)).code()).isEqualTo(FailureCode.UNREADABLE_RECORD);
            assertThat(((RunOutcome.Failed) outcomes.get(0)).offset()).isEqualTo(3);
            assertThat(outcomes.get(1))
                    .isEqualTo(new RunOutcome.Completed(next.key(), 1, next.started(), next.batch()));
        }
    }

    @Test
    void invalidRecordAfterARun_isLeftOut() throws Exception {
        // Given
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), run.records(1));
            // When
            stream.send(run.key(), List.of(new byte[] {1, 2, 3}));
            // Then
            assertThat(stream.outcomes()).containsExactly(completed(1));
        }
    }

    @Test
    void tombstoneAndInvalidKeys_becomeFailedRuns() {
        // Given
        try (TopologyRun stream = new TopologyRun()) {
            // When
            stream.sendRaw("no key of ours", new byte[] {1});
            stream.sendRaw("../../etc/passwd", run.records(1).get(0));
            stream.sendRaw(null, run.records(1).get(0));
            stream.send(run.key(), Collections.singletonList(null));
            // Then
            assertThat(stream.outcomes().stream().map(RunOutcome::key))
                    .containsExactly(
                            new RunKey("unreadable", "run-log-0-0"),
                            new RunKey("unreadable", "run-log-0-1"),
                            new RunKey("unreadable", "run-log-0-2"),
                            run.key());
        }
    }

    @Test
    void startUnderAnotherRunsKey_failsTheRunOfThatKey() {
        // Given
        SampleRunRecords other = new SampleRunRecords("r2", 2, 10, 10);
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), run.records(1).subList(0, 2));
            // When
            stream.send(run.key(), other.records(7).subList(0, 1));
            stream.send(run.key(), run.records(2));
            // Then
            List<RunOutcome> outcomes = stream.outcomes();
            assertThat(outcomes).hasSize(2);
            assertThat(outcomes.get(0).attempt()).isEqualTo(1);
            assertThat(outcomes.get(1)).isInstanceOf(RunOutcome.Completed.class);
        }
    }

    @Test
    void recordOfAnUnknownSchema_failsItsRunAndBecomesADeadLetter() {
        // Given
        byte[] newer = run.records(1).get(1);
        newer[5] ^= 1;
        try (TopologyRun topology = new TopologyRun()) {
            // When
            topology.sendRaw("local/r1", newer);
            // Then
            assertThat(topology.outcomes())
                    .extracting(outcome -> ((RunOutcome.Failed) outcome).code())
                    .containsExactly(FailureCode.UNKNOWN_SCHEMA);
            assertThat(topology.deadLetters()).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo(Topics.RUN_LOG.in(Namespace.DEFAULT) + "/0/0");
                assertThat(record.value()).isEqualTo(newer);
                assertThat(record.headers().toArray())
                        .extracting(Header::key)
                        .contains("dynoai.fingerprint", "dynoai.reason");
            });
        }
    }

    @Test
    void runWithALogClockYearsAhead_expiresNoWindows() throws Exception {
        // Given
        SampleRunRecords other = new SampleRunRecords("r2", 2, 3000, 1000);
        try (TopologyRun stream = new TopologyRun()) {
            stream.send(run.key(), run.records(1).subList(0, 4));
            // When
            stream.sendIngestedAt(other, 4_102_444_800_000L);
            stream.send(run.key(), run.records(1).subList(4, 7));
            // Then
            assertThat(stream.outcomes()).last().isEqualTo(completed(1));
        }
    }

    private RunOutcome completed(int attempt) throws Exception {
        return new RunOutcome.Completed(run.key(), attempt, run.started(), run.batch());
    }

    private static byte[] end(SampleRunRecords run, long rowsRead, String sha256) {
        RunLogEncoder encoder = new RunLogEncoder(1);
        run.blocks().forEach(encoder::block);
        return encoder.ended(rowsRead, run.unreadable(), sha256);
    }

    private static List<FailureCode> codes(TopologyRun stream) {
        return stream.outcomes().stream()
                .map(outcome -> ((RunOutcome.Failed) outcome).code())
                .toList();
    }
}
