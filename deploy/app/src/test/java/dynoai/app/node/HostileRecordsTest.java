package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.TestTopics;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.stored.Comparison;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WriterSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that no stage writes, on every topic of a running pipeline. */
@Tag("broker")
class HostileRecordsTest {
    private static final String SHOP = "hostile";
    private static final int GOOD_LOGS = 8;

    @TempDir
    Path temp;

    /** The records of a run as they were sent, to be modified. */
    private record Sent(
            RunSigner signer, RunStarted started, List<RunLogRecord.Block> blocks, RunLogRecord.Ended ended) {
        static Sent of(TestTopics topics, String shop, RunSigner signer) throws UnreadableRecordException {
            RunStarted started = null;
            List<RunLogRecord.Block> blocks = new ArrayList<>();
            RunLogRecord.Ended ended = null;
            for (var record : topics.read(Topics.RUN_LOG.in(Namespace.DEFAULT))) {
                if (record.key().startsWith(shop + "/")) {
                    RunLogRecord entry =
                            Topics.RUN_LOG.decoder(WriterSchemas.none()).decode(record.value());
                    if (entry instanceof RunLogRecord.Started start) {
                        started = start.run();
                    } else if (entry instanceof RunLogRecord.Block block) {
                        blocks.add(block);
                    } else if (entry instanceof RunLogRecord.Ended end) {
                        ended = end;
                    }
                }
            }
            return new Sent(signer, started, blocks, ended);
        }

        RunStarted as(String runId, Map<String, String> options) {
            RunStarted run = new RunStarted(
                    runId,
                    SHOP,
                    started.cell(),
                    started.fileName(),
                    started.originalPath(),
                    started.sha256(),
                    started.sizeBytes(),
                    started.description(),
                    options,
                    started.optionFiles(),
                    started.ingestedAtMillis(),
                    "",
                    "");
            return signer.sign(run, 1);
        }

        List<byte[]> whole(RunLogEncoder encoder, String runId) {
            List<byte[]> records = new ArrayList<>();
            records.add(encoder.started(as(runId, started.options())));
            blocks.forEach(block -> records.add(encoder.block(block.rows())));
            records.add(encoder.ended(ended.rowsRead(), ended.unreadable(), ended.sha256()));
            return records;
        }
    }

    /** Runs bent in one way each, by run id: the records, of which the last ends it. */
    private static Map<String, List<byte[]>> bentRuns(Sent sent) {
        Map<String, List<byte[]>> runs = new HashMap<>();
        for (String runId : List.of("cut", "gap", "early-end", "late-block", "null", "giant", "alien", "other-hash")) {
            runs.put(runId, sent.whole(new RunLogEncoder(1), runId));
        }
        List<byte[]> cut = runs.get("cut");
        cut.set(2, Arrays.copyOf(cut.get(2), cut.get(2).length / 2));
        runs.get("gap").remove(1);
        runs.get("early-end").remove(2);
        runs.get("late-block").add(runs.get("late-block").get(1));
        runs.get("null").set(1, null);
        byte[] giant = Arrays.copyOf(runs.get("giant").get(1), 1_900_000);
        Arrays.fill(giant, 20, giant.length, (byte) 0x7f);
        runs.get("giant").set(1, giant);
        runs.get("alien").set(1, "no record of ours".getBytes(StandardCharsets.UTF_8));
        int last = runs.get("other-hash").size() - 1;
        RunLogEncoder encoder = new RunLogEncoder(1);
        sent.whole(encoder, "other-hash");
        runs.get("other-hash").set(last, encoder.ended(sent.ended().rowsRead(), 0, "0".repeat(64)));
        runs.put("no-start", runs.get("gap").subList(1, 2));
        runs.put("foreign-start", List.of(new RunLogEncoder(1).started(sent.as("someone-else", Map.of()))));
        runs.put("bad-options", List.of(new RunLogEncoder(1).started(sent.as("bad-options", Map.of("clamp", "99")))));
        RunLogEncoder second = new RunLogEncoder(2);
        runs.put(
                "wrong-attempt",
                List.of(
                        new RunLogEncoder(1)
                                .started(sent.as("wrong-attempt", sent.started().options())),
                        second.block(sent.blocks().get(0).rows())));
        return runs;
    }

    private static List<byte[]> garbage() {
        byte[] noise = new byte[300];
        new Random(7).nextBytes(noise);
        return Arrays.asList(new byte[0], noise, new byte[] {(byte) 0xC3, 0x01}, null);
    }

    private static Map<String, RunResult> results(TestTopics topics) {
        Map<String, RunResult> results = new HashMap<>();
        for (var record : topics.read(Topics.RUN_RESULTS.in(Namespace.DEFAULT))) {
            try {
                RunResult result =
                        Topics.RUN_RESULTS.decoder(WriterSchemas.none()).decode(record.value());
                results.put(result.key().toString(), result);
            } catch (UnreadableRecordException | RuntimeException ours) {
                continue;
            }
        }
        return results;
    }

    private RunSigner signer() throws IOException {
        FolderStore store = new FolderStore(temp.resolve("data/store"));
        return new RunSigner(store.key(), store.id());
    }

    @Test
    void hostileRecords_failTheirRunsOnly() throws Exception {
        try (LiveNode node = new LiveNode(temp);
                TestTopics topics = new TestTopics(node.client())) {
            // Given
            node.drop("first/pull.csv", 1);
            node.awaitIdle();
            Sent sent = Sent.of(topics, "first", signer());
            RunKey done = new RunKey("first", sent.started().runId());
            int partitions = Topics.EMBEDDED_PARTITIONS;
            // When
            for (byte[] value : garbage()) {
                for (int partition = 0; partition < partitions; partition++) {
                    for (String key : Arrays.asList(null, "no key of ours", "../../etc/passwd")) {
                        topics.send(Topics.RUN_LOG.in(Namespace.DEFAULT), partition, key, value);
                        topics.send(Topics.RUN_GRIDS.in(Namespace.DEFAULT), partition, key, value);
                    }
                    topics.send(Topics.RUN_RESULTS.in(Namespace.DEFAULT), partition, "first/" + partition, value);
                    topics.send(Topics.REJECTED_LOGS.in(Namespace.DEFAULT), partition, null, value);
                }
                topics.send(Topics.RUN_GRIDS.in(Namespace.DEFAULT), null, done.toString(), value);
                topics.send(Topics.RUN_GRIDS.in(Namespace.DEFAULT), null, SHOP + "/grids", value);
                topics.send(Topics.RUN_LOG.in(Namespace.DEFAULT), null, done.toString(), value);
                topics.send(Topics.INGEST_LEDGER.in(Namespace.DEFAULT), null, "run/first/x", value);
                topics.send(Topics.INGEST_LEDGER.in(Namespace.DEFAULT), null, "root/x", value);
                topics.send(Topics.schemas(Namespace.DEFAULT), null, "ffffffffffffffff", value);
            }
            for (Map.Entry<String, List<byte[]>> run : bentRuns(sent).entrySet()) {
                for (byte[] record : run.getValue()) {
                    topics.send(Topics.RUN_LOG.in(Namespace.DEFAULT), null, SHOP + "/" + run.getKey(), record);
                }
            }
            NewerIngest newer = new NewerIngest();
            newer.publish(topics);
            for (byte[] record : sent.whole(new RunLogEncoder(1), "newer-ingest")) {
                topics.send(
                        Topics.RUN_LOG.in(Namespace.DEFAULT), null, SHOP + "/newer-ingest", newer.rewritten(record));
            }
            for (int i = 0; i < GOOD_LOGS; i++) {
                node.drop("after-" + i + "/pull.csv", 100 + i, SampleProfile.Fault.LEAN_FRONT);
            }
            node.awaitIdle();
            // Then
            Map<String, String> expected = new HashMap<>();
            for (String unreadable : List.of("cut", "null", "giant", "alien", "foreign-start", "grids")) {
                expected.put(unreadable, FailureCode.UNREADABLE_RECORD.name());
            }
            for (String missing : List.of("gap", "no-start", "wrong-attempt", "early-end")) {
                expected.put(missing, FailureCode.BLOCKS_MISSING.name());
            }
            expected.put("other-hash", FailureCode.HASH_DIFFERS.name());
            expected.put("bad-options", FailureCode.OPTION_REFUSED.name());
            expected.put("late-block", "");
            expected.put("newer-ingest", "");
            await().atMost(LiveNode.MAX_WAIT)
                    .untilAsserted(
                            () -> assertThat(codes(results(topics), SHOP)).isEqualTo(expected));
            Map<String, RunResult> results = results(topics);
            assertThat(results.get(done.toString()).ok()).isTrue();
            Path folder = temp.resolve("runs").resolve(SHOP);
            assertThat(Comparison.of(
                                    folder.resolve("newer-ingest"),
                                    temp.resolve("runs").resolve(done.toString()))
                            .differences())
                    .isEmpty();
            for (int i = 0; i < GOOD_LOGS; i++) {
                assertThat(codes(results, "after-" + i).values()).containsExactly("");
            }
            int keysNamingNoRun = 3 * garbage().size() * partitions;
            assertThat(codes(results, "unreadable").values())
                    .hasSize(keysNamingNoRun)
                    .containsOnly(FailureCode.UNREADABLE_RECORD.name());
            assertThat(node.pipeline().isReady()).isTrue();
            assertThat(node.pipeline().failure()).isEmpty();
            assertThat(Files.exists(temp.resolve("drop/rejected"))).isFalse();
        }
    }

    private static Map<String, String> codes(Map<String, RunResult> results, String shop) {
        Map<String, String> codes = new HashMap<>();
        results.forEach((key, result) -> {
            if (RunKey.parse(key).shop().equals(shop)) {
                codes.put(result.key().runId(), result.ok() ? "" : result.code());
            }
        });
        return Collections.unmodifiableMap(codes);
    }
}
