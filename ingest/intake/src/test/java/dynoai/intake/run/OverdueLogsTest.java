package dynoai.intake.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.intake.upload.LogPublisher;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.upload.Upload;
import dynoai.schemas.upload.UploadEnd;
import dynoai.schemas.upload.Uploads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverdueLogsTest {
    private static final RunKey RUN = new RunKey("shop-a", "run-1");
    private static final Instant ACCEPTED = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    Path folder;

    private final List<LogAccepted> published = new ArrayList<>();
    private Instant now = ACCEPTED;
    private Uploads uploads;
    private OverdueLogs overdue;

    @BeforeEach
    void accept() throws Exception {
        uploads = new Uploads(new FolderStore(folder).objects());
        LogPublisher publisher = published::add;
        overdue = new OverdueLogs(uploads, publisher, () -> now);
        Upload upload = new Upload(RUN, "cell-1", "", "pull.csv", 3, "0".repeat(64), Map.of(), false, ACCEPTED);
        uploads.announce(upload);
        uploads.accept(upload, ACCEPTED);
    }

    @Test
    void logWithoutAnEnd_isPublishedAgainOnceInTenMinutes() throws Exception {
        // Given
        now = ACCEPTED.plus(Duration.ofMinutes(11));

        // When
        overdue.look(RUN);
        overdue.look(RUN);
        int first = published.size();
        now = now.plus(Duration.ofMinutes(11));
        overdue.look(RUN);

        // Then
        assertThat(first).isEqualTo(1);
        assertThat(published).hasSize(2).allMatch(log -> log.runId().equals(RUN.runId()));
    }

    @Test
    void logThatEndedOrWasJustAccepted_isNotPublishedAgain() throws Exception {
        // When
        now = ACCEPTED.plus(Duration.ofMinutes(9));
        overdue.look(RUN);
        uploads.end(RUN, new UploadEnd(Optional.empty(), true, "", now));
        now = now.plus(Duration.ofHours(1));
        overdue.look(RUN);
        overdue.look(new RunKey("shop-a", "other"));

        // Then
        assertThat(published).isEmpty();
    }
}
