package dynoai.schemas.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    private static final RunKey RUN = new RunKey("shop-a", "2026-03-01T09-30-00Z-00c0de");
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

    @TempDir
    private Path folder;

    private ContentStore store;
    private Uploads uploads;

    @BeforeEach
    void open() {
        store = new FolderStore(folder.resolve("store"));
        uploads = new Uploads(store.objects());
    }

    private static Upload upload(String name, Instant created) {
        return new Upload(RUN, "cell1", "", name, 6, "a".repeat(64), Map.of("clamp", "7"), false, created);
    }

    @Test
    void announcement_isFoundAsItWas() throws Exception {
        // Given
        Upload upload = upload("a.csv", NOW);
        // When
        boolean first = uploads.announce(upload);
        // Then
        assertThat(first).isTrue();
        assertThat(uploads.find(RUN)).hasValue(upload);
    }

    @Test
    void secondAnnouncement_changesNothing() throws Exception {
        // Given
        uploads.announce(upload("a.csv", NOW));
        // When
        boolean first = uploads.announce(upload("b.csv", NOW));
        // Then
        assertThat(first).isFalse();
        assertThat(uploads.find(RUN).orElseThrow().name()).isEqualTo("a.csv");
    }

    @Test
    void sameLog_isTheSameWheneverItIsAnnounced() {
        assertThat(upload("a.csv", NOW).isSameLog(upload("a.csv", NOW.plusSeconds(9))))
                .isTrue();
        assertThat(upload("a.csv", NOW).isSameLog(upload("b.csv", NOW))).isFalse();
    }

    @Test
    void parts_areThoseBeforeTheFirstGap() throws Exception {
        // Given
        uploads.addPart(RUN, 3, draft("def"));
        uploads.addPart(RUN, 0, draft("abc"));
        uploads.addPart(RUN, 7, draft("h"));
        // When
        var parts = uploads.parts(RUN);
        // Then
        assertThat(parts).extracting(Uploads.Part::end).containsExactly(3L, 6L);
        assertThat(uploads.open(parts)).hasBinaryContent("abcdef".getBytes(UTF_8));
    }

    @Test
    void partThatOverlaps_isLeftOut() throws Exception {
        // Given
        uploads.addPart(RUN, 0, draft("abc"));
        uploads.addPart(RUN, 2, draft("cd"));
        // When
        var parts = uploads.parts(RUN);
        // Then
        assertThat(parts).extracting(Uploads.Part::end).containsExactly(3L);
    }

    @Test
    void deletedUpload_canBeAnnouncedAgain() throws Exception {
        // Given
        uploads.announce(upload("a.csv", NOW));
        uploads.addPart(RUN, 0, draft("abc"));
        // When
        uploads.delete(RUN);
        // Then
        assertThat(uploads.find(RUN)).isEmpty();
        assertThat(uploads.parts(RUN)).isEmpty();
        assertThat(uploads.announce(upload("b.csv", NOW))).isTrue();
    }

    @Test
    void end_isFoundAsItWas() throws Exception {
        // Given
        UploadEnd end = new UploadEnd(
                Optional.of(Rejection.of(FailureCode.DUPLICATE, "the same bytes", "replay it")), false, "r1", NOW);
        // When
        uploads.end(RUN, end);
        // Then
        assertThat(uploads.end(RUN)).hasValue(end);
        assertThat(end.state()).isEqualTo("duplicate");
    }

    @Test
    void damagedAnnouncement_isReportedWithItsName() throws Exception {
        // Given
        store.objects().write("uploads/shop-a/" + RUN.runId() + "/info.json", "{}".getBytes(UTF_8));
        // When
        var thrown = assertThatThrownBy(() -> uploads.find(RUN));
        // Then
        thrown.isInstanceOf(IOException.class).hasMessageContaining("info.json");
    }

    private Path draft(String text) throws IOException {
        Path drafts = Files.createDirectories(store.drafts());
        return Files.writeString(Files.createTempFile(drafts, ".tmp-test-", ""), text);
    }
}
