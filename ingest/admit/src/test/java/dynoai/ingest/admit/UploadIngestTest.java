package dynoai.ingest.admit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.ShopTurns;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.upload.UploadEnd;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadIngestTest {
    private static final int MAX_TURNS = 10_000;
    private static final String LOG = "rpm,map,torque\n1,2,3\n";

    @TempDir
    private Path folder;

    private FolderStore store;
    private Uploads uploads;
    private final Topic topic = new Topic();
    private Kafka kafka = new Kafka();
    private final Admission admission = new Admission(ShopTurns.Limits.DEFAULT);
    private long nanos;
    private UploadIngest ingest;

    @BeforeEach
    void open() throws IOException {
        store = new FolderStore(folder.resolve("store"));
        uploads = new Uploads(store.objects());
        ingest = start();
    }

    @AfterEach
    void close() throws IOException {
        ingest.close();
    }

    private UploadIngest start() throws IOException {
        return new UploadIngest(
                topic, store, new UUID(0, 1), 1 << 20, admission, kafka, IngestEvents.NONE, () -> nanos);
    }

    @Test
    void acceptedLog_isSentAndEndsWithItsResult() throws Exception {
        // Given
        LogAccepted log = accept("shop-a", "r1", LOG);
        // When
        runUntilIdle();
        // Then
        assertThat(kafka.sent).containsExactly("shop-a/r1 attempt 1");
        assertThat(end(log)).isEqualTo("done");
        assertThat(topic.ended).containsExactly(0L);
    }

    @Test
    void logOfOtherBytesThanALog_isRejected() throws Exception {
        // Given
        LogAccepted log = accept("shop-a", "r1", "garbage");
        // When
        runUntilIdle();
        // Then
        assertThat(kafka.sent).isEmpty();
        assertThat(end(log)).isEqualTo("rejected");
        assertThat(kafka.rejected).containsExactly("NOT_TEXT");
    }

    @Test
    void invalidOption_rejectsTheLog() throws Exception {
        // Given
        LogAccepted log = accept("shop-a", "r1", LOG, Map.of("clampp", "7"));
        // When
        runUntilIdle();
        // Then
        assertThat(end(log)).isEqualTo("rejected");
        assertThat(kafka.rejected).containsExactly("OPTION_REFUSED");
    }

    @Test
    void sameBytesOfOneShop_areADuplicate_ofTwoShopsAreNot() throws Exception {
        // Given
        accept("shop-a", "r1", LOG);
        LogAccepted second = accept("shop-a", "r2", LOG);
        accept("shop-b", "r1", LOG);
        // When
        runUntilIdle();
        // Then
        assertThat(kafka.sent).containsExactlyInAnyOrder("shop-a/r1 attempt 1", "shop-b/r1 attempt 1");
        assertThat(end(second)).isEqualTo("duplicate");
        assertThat(uploads.end(second.run()).orElseThrow().duplicateOf()).isEqualTo("r1");
    }

    @Test
    void equalRunIdsOfTwoShops_endApart() throws Exception {
        // Given
        kafka.finishesAtOnce = false;
        LogAccepted ofA = accept("shop-a", "r1", LOG);
        LogAccepted ofB = accept("shop-b", "r1", LOG);
        run(20);
        // When
        kafka.fail(ofB);
        run(20);
        // Then
        assertThat(uploads.end(ofA.run())).isEmpty();
        assertThat(end(ofB)).isEqualTo("failed");
    }

    @Test
    void logAcceptedTwice_isOneRun_andBothRecordsEnd() throws Exception {
        // Given
        LogAccepted log = accept("shop-a", "r1", LOG);
        topic.add(log);
        // When
        runUntilIdle();
        // Then
        assertThat(kafka.sent).hasSize(1);
        assertThat(topic.ended).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void endedLog_isNotSentAgainAfterARestart() throws Exception {
        // Given
        accept("shop-a", "r1", LOG);
        runUntilIdle();
        // When
        restart();
        runUntilIdle();
        // Then
        assertThat(kafka.sent).hasSize(1);
    }

    @Test
    void runInFlight_isLocatedAfterARestart() throws Exception {
        // Given
        kafka.finishesAtOnce = false;
        LogAccepted log = accept("shop-a", "r1", LOG);
        run(20);
        // When
        restart();
        run(20);
        kafka.finish(log, 1);
        runUntilIdle();
        // Then
        assertThat(kafka.sent).containsExactly("shop-a/r1 attempt 1");
        assertThat(end(log)).isEqualTo("done");
    }

    @Test
    void resultThatCameWhileNoAdmitRan_endsTheRun() throws Exception {
        // Given: a process that reads results from where its oldest run was sent, or from the end if it knows of none
        kafka.finishesAtOnce = false;
        LogAccepted log = accept("shop-a", "r1", LOG);
        run(20);
        kafka.inFlight.clear();
        kafka.finish(log, 1);
        kafka.beforeResults = () -> {
            if (kafka.located.isEmpty()) {
                kafka.results.clear();
            }
        };
        // When
        restart();
        runUntilIdle();
        // Then
        assertThat(kafka.sent).containsExactly("shop-a/r1 attempt 1");
        assertThat(end(log)).isEqualTo("done");
    }

    @Test
    void runThatKafkaLost_isSentAgain() throws Exception {
        // Given
        kafka.finishesAtOnce = false;
        LogAccepted log = accept("shop-a", "r1", LOG);
        run(20);
        kafka.inFlight.clear();
        kafka.ledger.clear();
        kafka.finishesAtOnce = true;
        // When
        restart();
        runUntilIdle();
        // Then
        assertThat(kafka.sent).containsExactly("shop-a/r1 attempt 1", "shop-a/r1 attempt 2");
        assertThat(end(log)).isEqualTo("done");
    }

    @Test
    void lostPartition_forgetsItsRunsAndQueue() throws Exception {
        // Given
        kafka.finishesAtOnce = false;
        for (int i = 0; i < 100; i++) {
            accept("shop-a", "r" + i, LOG + i);
        }
        run(200);
        int sent = kafka.sent.size();
        // When
        topic.lose();
        run(50);
        // Then
        assertThat(sent).isBetween(1, 99);
        assertThat(kafka.sent).hasSize(sent);
        assertThat(ingest.isIdle()).isTrue();
        assertThat(ingest.inFlight()).isZero();
    }

    @Test
    void resultReadBeforeItsLogCame_endsTheRun() throws Exception {
        // Given: another process sent the run, and its result was read here before the partition came
        LogAccepted log = log("shop-a", "r1", LOG, AnalysisOptions.defaults().toTexts());
        uploads.saveAttempt(log.run(), 1);
        kafka.finish(log, 1);
        run(5);
        // When
        topic.add(log);
        runUntilIdle();
        // Then
        assertThat(kafka.sent).isEmpty();
        assertThat(end(log)).isEqualTo("done");
    }

    @Test
    void unavailableStore_keepsTheLogWaiting() throws Exception {
        // Given
        LogAccepted log = log("shop-a", "r1", LOG, AnalysisOptions.defaults().toTexts());
        Path damaged = folder.resolve("store/uploads/shop-a/r1/end.json");
        Files.createDirectories(damaged);
        topic.add(log);
        run(5);
        // When
        String problem = ingest.problem();
        Files.delete(damaged);
        nanos += Duration.ofSeconds(5).toNanos();
        runUntilIdle();
        // Then
        assertThat(problem).contains("cannot be looked up");
        assertThat(end(log)).isEqualTo("done");
        assertThat(ingest.problem()).isEmpty();
    }

    @Test
    void failedLookUp_keepsTheLogInTheQueue() throws Exception {
        // Given
        LogAccepted log = log("shop-a", "r1", LOG, AnalysisOptions.defaults().toTexts());
        Path damaged = Files.createDirectories(folder.resolve("store/uploads/shop-a/r1/attempt.json"));
        topic.add(log);
        run(5);
        assertThat(ingest.problem()).contains("cannot be looked up");
        // When
        Files.delete(damaged);
        nanos += Duration.ofSeconds(1).toNanos();
        runUntilIdle();
        // Then
        assertThat(ingest.problem()).isEmpty();
        assertThat(end(log)).isEqualTo("done");
    }

    @Test
    void damagedUpload_doesNotStopOthers() throws Exception {
        // Given
        store.objects().write("uploads/shop-a/r1/attempt.json", "{".getBytes(UTF_8));
        accept("shop-a", "r1", LOG);
        LogAccepted other = accept("shop-b", "r1", LOG);
        // When
        run(20);
        // Then
        assertThat(end(other)).isEqualTo("done");
        assertThat(topic.ended).containsExactly(1L);
    }

    @Test
    void laterEndOfAStoppedProcess_doesNotReplaceTheFirst() throws Exception {
        // Given
        LogAccepted log = accept("shop-a", "r1", LOG);
        runUntilIdle();
        // When
        boolean first = uploads.end(
                log.run(),
                new UploadEnd(
                        Optional.of(Rejection.of(FailureCode.EXPORT_FAILED, "late", "")), true, "", Instant.EPOCH));
        // Then
        assertThat(first).isFalse();
        assertThat(end(log)).isEqualTo("done");
    }

    @Test
    void shopOfWeightTwo_hasTwiceTheTurns() throws Exception {
        // Given
        kafka.finishesAtOnce = false;
        admission.turns().use(shop -> new ShopEntry.Limits(shop, 0, 0, 0, 0, shop.equals("shop-b") ? 2 : 1, 0, 0));
        for (int i = 0; i < 20; i++) {
            accept("shop-a", "a" + i, LOG + "a" + i);
        }
        for (int i = 0; i < 20; i++) {
            accept("shop-b", "b" + i, LOG + "b" + i);
        }
        // When
        run(60);
        // Then
        List<String> first = kafka.sent.subList(0, 9);
        assertThat(first.stream().filter(run -> run.startsWith("shop-b"))).hasSizeBetween(5, 7);
    }

    private LogAccepted accept(String shop, String runId, String text) throws IOException {
        return accept(shop, runId, text, AnalysisOptions.defaults().toTexts());
    }

    private LogAccepted accept(String shop, String runId, String text, Map<String, String> options) throws IOException {
        LogAccepted log = log(shop, runId, text, options);
        topic.add(log);
        return log;
    }

    private LogAccepted log(String shop, String runId, String text, Map<String, String> options) throws IOException {
        Path drafts = Files.createDirectories(store.drafts());
        byte[] bytes = text.getBytes(UTF_8);
        String sha256 = Sha256.hex(bytes);
        store.put(Files.write(Files.createTempFile(drafts, ".tmp-test-", ""), bytes), sha256);
        return new LogAccepted(shop, runId, "cell1", "", "pull.csv", bytes.length, sha256, options, false, 5);
    }

    private String end(LogAccepted log) throws IOException {
        return uploads.end(log.run()).map(UploadEnd::state).orElse("open");
    }

    private void restart() throws Exception {
        ingest.close();
        topic.readAgain();
        ingest = start();
        ingest.recover();
    }

    private void run(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            ingest.runOnce();
            nanos += Duration.ofMillis(20).toNanos();
        }
    }

    private void runUntilIdle() throws Exception {
        for (int i = 0; i < MAX_TURNS && (i == 0 || !ingest.isIdle()); i++) {
            run(1);
        }
        assertThat(ingest.isIdle()).isTrue();
    }

    /** Something that happens in the middle of a turn. */
    private interface Step {
        void run() throws IOException;
    }

    /** A topic of one partition. */
    private static final class Topic implements AcceptedLogs {
        private final List<Accepted> records = new ArrayList<>();
        private final List<Long> ended = new ArrayList<>();
        private boolean lost;
        private int next;

        void add(LogAccepted log) {
            records.add(new Accepted(log, new Position(0, records.size())));
        }

        void lose() {
            lost = true;
        }

        void readAgain() {
            next = 0;
        }

        @Override
        public Changes poll(Duration wait) {
            List<Accepted> added = List.copyOf(records.subList(next, records.size()));
            next = records.size();
            Set<Integer> gone = lost ? Set.of(0) : Set.of();
            lost = false;
            return new Changes(gone, added);
        }

        @Override
        public boolean isCaughtUp() {
            return true;
        }

        @Override
        public void ended(Position position) {
            ended.add(position.offset());
        }
    }

    /** Collects what is sent. Rejects logs that contain the word {@code garbage}. */
    private static final class Kafka implements RunTransport {
        private final List<String> sent = new ArrayList<>();
        private final List<String> rejected = new ArrayList<>();
        private final Map<RunIdentity, String> ledger = new HashMap<>();
        private final Set<RunKey> inFlight = new HashSet<>();
        private final List<Result> results = new ArrayList<>();
        private final Set<RunKey> located = new HashSet<>();
        private boolean finishesAtOnce = true;
        private Step beforeResults = () -> {};

        void finish(LogAccepted log, int attempt) {
            results.add(new Result(log.run(), attempt, log.sha256(), Optional.empty(), true));
        }

        void fail(LogAccepted log) {
            Rejection why = Rejection.of(FailureCode.EXPORT_FAILED, "the disk is full", "");
            results.add(new Result(log.run(), 1, log.sha256(), Optional.of(why), true));
        }

        @Override
        public Optional<String> runOf(RunIdentity identity) {
            return Optional.ofNullable(ledger.get(identity));
        }

        @Override
        public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
            if (Files.readString(bytes).contains("garbage")) {
                throw new LogRejectedException(Rejection.of(FailureCode.NOT_TEXT, "garbage", ""));
            }
            return () -> {
                sent.add(claim.key() + " attempt " + claim.attempt());
                ledger.put(RunIdentity.of(claim), claim.runId());
                inFlight.add(claim.key());
                if (finishesAtOnce) {
                    results.add(new Result(claim.key(), claim.attempt(), claim.sha256(), Optional.empty(), true));
                }
                return "receipt";
            };
        }

        @Override
        public void reject(Claim claim, Rejection rejection) {
            rejected.add(rejection.code().name());
        }

        @Override
        public void abandon(Claim claim, Rejection rejection) {
            ledger.remove(RunIdentity.of(claim));
        }

        @Override
        public boolean isInFlight(Claim claim, String receipt) {
            located.add(claim.key());
            boolean unread = results.stream().anyMatch(result -> result.run().equals(claim.key()));
            return receipt.equals("receipt") && (inFlight.contains(claim.key()) || unread);
        }

        @Override
        public List<Result> results() throws TransportUnavailableException {
            try {
                beforeResults.run();
            } catch (IOException e) {
                throw new TransportUnavailableException("", e);
            }
            List<Result> arrived = List.copyOf(results);
            results.clear();
            return arrived;
        }
    }
}
