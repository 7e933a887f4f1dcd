package dynoai.intake.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.intake.http.BodyEnd;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.RequestException;
import dynoai.schemas.file.DiskRoom;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.store.StoreObjects;
import dynoai.schemas.upload.Upload;
import dynoai.schemas.upload.UploadEnd;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadServiceTest {
    private static final String LOG = "rpm,map,torque\n1000,50,60\n";
    private static final RunKey RUN = new RunKey("shop-a", "run-1");
    private static final int PART_BYTES = 10;
    private static final Duration LIFETIME = Duration.ofDays(7);

    @TempDir
    private Path folder;

    private final List<LogAccepted> published = new ArrayList<>();
    private final List<String> cuts = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");
    private boolean kafkaIsDown;
    private DiskRoom.Room disk = new DiskRoom.Room(100L << 30, 50L << 30);

    @ParameterizedTest(name = "{0} bytes in each request")
    @ValueSource(ints = {1, 5, 10, 11, 25, 26})
    void log_isAcceptedOnceItIsWhole(int bytes) throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());

        // When
        for (int at = 0; at < LOG.length(); at += bytes) {
            send(service, at, LOG.substring(at, Math.min(LOG.length(), at + bytes)), BodyEnd.WHOLE);
        }

        // Then
        assertThat(published).containsExactly(upload().accepted(now));
        assertThat(store().fetch(upload().sha256())).hasContent(LOG);
        assertThat(service.progress(RUN).accepted()).isTrue();
        assertThat(objects().parts(RUN)).isEmpty();
        assertThat(drafts()).isEmpty();
    }

    @ParameterizedTest(name = "cut after {0} bytes")
    @ValueSource(ints = {0, 1, 9, 10, 11, 19, 20, 21, 25})
    void bytesBeforeACut_count(int arrived) throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());

        // When
        ErrorCode code = codeOf(() -> send(service, 0, LOG.substring(0, arrived), BodyEnd.CUT));
        long offset = service().progress(RUN).offset();

        // Then
        assertThat(code).isEqualTo(ErrorCode.BODY_INCOMPLETE);
        assertThat(offset).isEqualTo(arrived);
        send(service(), arrived, LOG.substring(arrived), BodyEnd.WHOLE);
        assertThat(published).hasSize(1);
    }

    @Test
    void announcement_canBeRepeated() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG.substring(0, 12), BodyEnd.WHOLE);
        now = now.plusSeconds(60);

        // When
        Progress again = service.announce(upload());

        // Then
        assertThat(again.offset()).isEqualTo(12);
    }

    @Test
    void otherLogWithTheSameRunId_isAConflict() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());

        // When
        ErrorCode code = codeOf(() -> service.announce(upload(LOG.length(), "other")));

        // Then
        assertThat(code).isEqualTo(ErrorCode.RUN_ID_CONFLICT);
    }

    @Test
    void otherOffset_isAConflict() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG.substring(0, 12), BodyEnd.WHOLE);

        // When
        List<ErrorCode> codes = List.of(
                codeOf(() -> send(service, 0, LOG, BodyEnd.WHOLE)), codeOf(() -> send(service, 13, "", BodyEnd.WHOLE)));

        // Then
        assertThat(codes).containsOnly(ErrorCode.OFFSET_CONFLICT);
        assertThat(service.progress(RUN).offset()).isEqualTo(12);
    }

    @Test
    void secondTransfer_hasToWait() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        Transfer first = service.begin(RUN, 0, Optional.empty(), () -> cuts.add("first"));

        // When
        ErrorCode second = codeOf(() -> send(service, 0, LOG, BodyEnd.WHOLE));

        // Then
        assertThat(second).isEqualTo(ErrorCode.UPLOAD_BUSY);
        assertThat(cuts).as("a connection without a byte for a while is cut").containsExactly("first");
        first.close();
        send(service, 0, LOG, BodyEnd.WHOLE);
        assertThat(published).hasSize(1);
    }

    @Test
    void wrongHash_deletesTheUpload() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());

        // When
        ErrorCode code = codeOf(() -> send(service, 0, LOG.replace("60", "61"), BodyEnd.WHOLE));

        // Then
        assertThat(code).isEqualTo(ErrorCode.HASH_MISMATCH);
        assertThat(codeOf(() -> service.progress(RUN))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(published).isEmpty();
        assertThat(drafts()).isEmpty();
    }

    @Test
    void bytesBeyondTheLength_areRejectedAndTheRestStays() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG.substring(0, 12), BodyEnd.WHOLE);

        // When
        ErrorCode code = codeOf(() -> send(service, 12, LOG, BodyEnd.WHOLE));

        // Then
        assertThat(code).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(service.progress(RUN).offset()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void wrongChecksum_discardsTheBody() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        Checksum wrong = Checksum.parse("sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=");

        // When
        ErrorCode code = codeOf(() -> send(service, 0, "rpm,", BodyEnd.WHOLE, Optional.of(wrong)));

        // Then
        assertThat(code).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
        assertThat(service.progress(RUN).offset()).isZero();
    }

    @Test
    void rightChecksum_keepsTheBody() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        Checksum right = Checksum.parse("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00="); // of "hello", which the log is not

        // When
        ErrorCode code = codeOf(() -> send(service, 0, "hello", BodyEnd.WHOLE, Optional.of(right)));

        // Then
        assertThat(code).isNull();
        assertThat(service.progress(RUN).offset()).isEqualTo(5);
    }

    @ParameterizedTest(name = "{0} bytes in each request")
    @ValueSource(ints = {13, 26})
    void logThatCannotBePublished_isKeptForAnotherTry(int bytes) throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        for (int at = 0; at + bytes < LOG.length(); at += bytes) {
            send(service, at, LOG.substring(at, at + bytes), BodyEnd.WHOLE);
        }
        kafkaIsDown = true;

        // When
        ErrorCode code =
                codeOf(() -> send(service, LOG.length() - bytes, LOG.substring(LOG.length() - bytes), BodyEnd.WHOLE));
        kafkaIsDown = false;

        // Then
        assertThat(code).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(service.progress(RUN).accepted()).isFalse();
        send(service(), LOG.length(), "", BodyEnd.WHOLE);
        assertThat(published).hasSize(1);
        assertThat(service.progress(RUN).accepted()).isTrue();
    }

    @Test
    void acceptedLog_isPublishedAgainWhenTheReplyWasLost() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG, BodyEnd.WHOLE);
        now = now.plusSeconds(61);

        // When
        send(service, LOG.length(), "", BodyEnd.WHOLE);

        // Then
        assertThat(published).extracting(LogAccepted::run).containsExactly(RUN, RUN);
    }

    @Test
    void expiredUpload_isGone() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        now = now.plus(LIFETIME).plusSeconds(1);

        // When
        ErrorCode code = codeOf(() -> service.progress(RUN));

        // Then
        assertThat(code).isEqualTo(ErrorCode.UPLOAD_EXPIRED);
        assertThat(service.announce(upload()).offset()).as("begun again").isZero();
        assertThat(service.progress(RUN).offset()).isZero();
    }

    @Test
    void upload_isDeleted() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG.substring(0, 12), BodyEnd.WHOLE);

        // When
        service.delete(RUN);

        // Then
        assertThat(codeOf(() -> service.progress(RUN))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(store().objects().list("uploads")).isEmpty();
    }

    @Test
    void acceptedLog_isNotDeleted() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG, BodyEnd.WHOLE);

        // When
        ErrorCode code = codeOf(() -> service.delete(RUN));

        // Then
        assertThat(code).isEqualTo(ErrorCode.ALREADY_ACCEPTED);
    }

    @Test
    void fullDisk_takesNoLog() throws Exception {
        // Given
        UploadService service = service();
        disk = new DiskRoom.Room(100L << 30, 1L << 30);

        // When
        ErrorCode code = codeOf(() -> service.announce(upload()));

        // Then
        assertThat(code).isEqualTo(ErrorCode.STORE_FULL);
    }

    @Test
    void draftsOfAKilledIntake_areDeletedLater() throws Exception {
        // Given
        Drafts drafts = new Drafts(store().drafts());
        Instant left = Files.getLastModifiedTime(drafts.create()).toInstant();
        drafts.sweep(left);
        List<Path> soon = drafts();

        // When
        drafts.sweep(left.plus(Duration.ofDays(2)));

        // Then
        assertThat(soon).hasSize(1);
        assertThat(drafts()).isEmpty();
    }

    @Test
    void sweep_deletesWhatExpiredADayAgoAndWasNotAccepted() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG.substring(0, 12), BodyEnd.WHOLE);
        RunKey accepted = new RunKey("shop-b", "run-1");
        service.announce(upload(accepted));
        try (Transfer transfer = service.begin(accepted, 0, Optional.empty(), () -> {})) {
            transfer.take(ByteBuffer.wrap(LOG.getBytes(StandardCharsets.UTF_8)));
            transfer.end(BodyEnd.WHOLE);
        }
        RunKey deleted = new RunKey("shop-c", "run-1");
        objects().addPart(deleted, 0, Files.write(new Drafts(store().drafts()).create(), new byte[3]));
        now = now.plus(LIFETIME).plus(Duration.ofHours(23));
        RunKey fresh = new RunKey("shop-a", "run-2");
        service.announce(upload(fresh));
        service.sweep();
        List<StoreObjects.Entry> early = store().objects().list("uploads/shop-a/run-1");
        now = now.plus(Duration.ofHours(2));

        // When
        service.sweep();

        // Then
        assertThat(early).hasSize(3);
        assertThat(store().objects().list("uploads"))
                .extracting(StoreObjects.Entry::name)
                .containsExactly(
                        "uploads/shop-a/run-2/info.json",
                        "uploads/shop-b/run-1/accepted.json",
                        "uploads/shop-b/run-1/info.json");
    }

    @Test
    void sweep_deletesWhatEndedThirtyDaysAgo() throws Exception {
        // Given
        now = Instant.now();
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG, BodyEnd.WHOLE);
        objects().saveReceipt(RUN, "receipt");
        objects().end(RUN, new UploadEnd(Optional.empty(), true, "", now));
        RunKey running = new RunKey("shop-a", "run-2");
        service.announce(upload(running));
        objects().accept(upload(running), now);
        now = now.plus(Duration.ofDays(29));
        service.sweep();
        boolean kept = objects().end(RUN).isPresent();
        now = now.plus(Duration.ofDays(2));

        // When
        service.sweep();

        // Then
        assertThat(kept).isTrue();
        assertThat(store().objects().list("uploads"))
                .extracting(StoreObjects.Entry::name)
                .containsExactly("uploads/shop-a/run-2/accepted.json", "uploads/shop-a/run-2/info.json");
    }

    @Test
    void partsThatAnotherIntakeDeleted_areNoWrongHash() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        kafkaIsDown = true;
        codeOf(() -> send(service, 0, LOG, BodyEnd.WHOLE));
        ErrorCode code;

        // When
        try (Transfer transfer = service.begin(RUN, LOG.length(), Optional.empty(), () -> {})) {
            objects().deleteParts(RUN);
            code = codeOf(() -> transfer.end(BodyEnd.WHOLE));
        }

        // Then
        assertThat(code).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(objects().find(RUN)).isPresent();
    }

    @Test
    void wrongBytesOfAnUploadThatAnotherIntakeAccepted_deleteNothing() throws Exception {
        // Given
        UploadService service = service(LOG.length());
        service.announce(upload());
        ErrorCode code;

        // When
        try (Transfer transfer = service.begin(RUN, 0, Optional.empty(), () -> {})) {
            transfer.take(ByteBuffer.wrap(LOG.replace('r', 's').getBytes(StandardCharsets.UTF_8)));
            send(service(), 0, LOG, BodyEnd.WHOLE);
            code = codeOf(() -> transfer.end(BodyEnd.WHOLE));
        }

        // Then
        assertThat(code).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(service.progress(RUN).accepted()).isTrue();
    }

    @Test
    void bytesOfACutBody_doNotReplaceThoseOfAnotherIntake() throws Exception {
        // Given
        UploadService service = service(LOG.length());
        service.announce(upload());
        ErrorCode code;

        // When
        try (Transfer cut = service.begin(RUN, 0, Optional.empty(), () -> {})) {
            cut.take(ByteBuffer.wrap(LOG.substring(0, 5).getBytes(StandardCharsets.UTF_8)));
            send(service(), 0, LOG.substring(0, 20), BodyEnd.WHOLE);
            code = codeOf(() -> cut.end(BodyEnd.CUT));
        }

        // Then
        assertThat(code).isEqualTo(ErrorCode.OFFSET_CONFLICT);
        assertThat(service.progress(RUN).offset()).isEqualTo(20);
    }

    @Test
    void bytesOfACutBodyWithAChecksum_areDiscarded() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        Checksum checksum = Checksum.parse("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=");

        // When
        ErrorCode code = codeOf(() -> send(service, 0, "hel", BodyEnd.CUT, Optional.of(checksum)));

        // Then
        assertThat(code).isEqualTo(ErrorCode.BODY_INCOMPLETE);
        assertThat(service.progress(RUN).offset()).isZero();
    }

    @Test
    void uploadThatIsDeletedWhileItCompletes_isNotPublished() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        ErrorCode code;

        // When
        try (Transfer transfer = service.begin(RUN, 0, Optional.empty(), () -> {})) {
            transfer.take(ByteBuffer.wrap(LOG.getBytes(StandardCharsets.UTF_8)));
            service().delete(RUN);
            code = codeOf(() -> transfer.end(BodyEnd.WHOLE));
        }

        // Then
        assertThat(code).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(published).isEmpty();
    }

    @Test
    void logThatAdmitHas_isNotDeleted() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        objects().saveAttempt(RUN, 1);

        // When
        ErrorCode code = codeOf(() -> service.delete(RUN));

        // Then
        assertThat(code).isEqualTo(ErrorCode.ALREADY_ACCEPTED);
    }

    @Test
    void runIdOfALogWhoseAnnouncementIsLost_isNotForAnotherLog() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG, BodyEnd.WHOLE);
        objects().withdraw(RUN);

        // When
        ErrorCode other = codeOf(() -> service.announce(upload(LOG.length(), "other")));
        Progress same = service.announce(upload());

        // Then
        assertThat(other).isEqualTo(ErrorCode.RUN_ID_CONFLICT);
        assertThat(same.accepted()).isTrue();
    }

    @Test
    void runIdOfALogThatEnded_isNotForAnotherLog() throws Exception {
        // Given
        objects().end(RUN, new UploadEnd(Optional.empty(), true, "", now));

        // When
        ErrorCode code = codeOf(() -> service().announce(upload()));

        // Then
        assertThat(code).isEqualTo(ErrorCode.RUN_ID_CONFLICT);
        assertThat(objects().find(RUN)).isEmpty();
    }

    @Test
    void sweep_isLeftToTheIntakeThatDidItLast() throws Exception {
        // Given
        service().announce(upload());
        now = now.plus(LIFETIME).plus(Duration.ofDays(2));
        objects().saveSwept(now.minusSeconds(60));

        // When
        service().sweep();

        // Then
        assertThat(objects().find(RUN)).isPresent();
    }

    @Test
    void completionWithoutKafka_readsNoParts() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG.substring(0, 12), BodyEnd.WHOLE);
        kafkaIsDown = true;

        // When
        ErrorCode code = codeOf(() -> send(service, 12, LOG.substring(12), BodyEnd.WHOLE));

        // Then
        assertThat(code).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(store().contains(upload().sha256())).isFalse();
        assertThat(service.progress(RUN).offset()).isEqualTo(LOG.length());
    }

    @Test
    void acceptedUploadThatIsCompletedAgain_isPublishedOnceAMinute() throws Exception {
        // Given
        UploadService service = service();
        service.announce(upload());
        send(service, 0, LOG, BodyEnd.WHOLE);

        // When
        send(service, LOG.length(), "", BodyEnd.WHOLE);
        int soon = published.size();
        now = now.plusSeconds(61);
        send(service, LOG.length(), "", BodyEnd.WHOLE);
        send(service, LOG.length(), "", BodyEnd.WHOLE);

        // Then
        assertThat(soon).isEqualTo(1);
        assertThat(published).hasSize(2);
    }

    @Test
    void unknownRun_isNotFound() {
        // When, Then
        assertThatThrownBy(() -> service().progress(RUN)).isInstanceOf(RequestException.class);
    }

    private static Upload upload(int size, String cell) {
        return new Upload(
                RUN,
                cell,
                "",
                "pull.csv",
                size,
                Sha256.hex(LOG.getBytes(StandardCharsets.UTF_8)),
                Map.of("clamp", "7"),
                false,
                Instant.parse("2026-03-01T09:00:00Z"));
    }

    private Upload upload() {
        return upload(RUN);
    }

    private Upload upload(RunKey run) {
        Upload upload = upload(LOG.length(), "default");
        return new Upload(
                run,
                upload.cell(),
                upload.bike(),
                upload.name(),
                upload.size(),
                upload.sha256(),
                upload.options(),
                upload.force(),
                now);
    }

    private FolderStore store() {
        return new FolderStore(folder.resolve("store"));
    }

    private Uploads objects() {
        return new Uploads(store().objects());
    }

    private UploadService service() {
        return service(PART_BYTES);
    }

    private UploadService service(int partBytes) {
        return new UploadService(
                store(),
                new LogPublisher() {
                    @Override
                    public void requireReady() throws RequestException {
                        if (kafkaIsDown) {
                            throw RequestException.later(ErrorCode.UNAVAILABLE, "no Kafka", 1);
                        }
                    }

                    @Override
                    public void publish(LogAccepted log) throws RequestException {
                        requireReady();
                        published.add(log);
                    }
                },
                new UploadLimits(partBytes, LIFETIME, Duration.ZERO),
                () -> now,
                at -> disk);
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.list(store().drafts())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".intake-"))
                    .toList();
        }
    }

    private static void send(UploadService service, long offset, String bytes, BodyEnd end) throws Exception {
        send(service, offset, bytes, end, Optional.empty());
    }

    private static void send(UploadService service, long offset, String bytes, BodyEnd end, Optional<Checksum> checksum)
            throws Exception {
        try (Transfer transfer = service.begin(RUN, offset, checksum, () -> {})) {
            transfer.take(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
            transfer.end(end);
        }
    }

    private static ErrorCode codeOf(ThrowingCallable action) {
        try {
            action.call();
            return null;
        } catch (RequestException e) {
            return e.code();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
