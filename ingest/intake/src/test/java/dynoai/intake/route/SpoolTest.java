package dynoai.intake.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Reply;
import dynoai.intake.http.RequestException;
import dynoai.intake.upload.Drafts;
import dynoai.schemas.file.DiskRoom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final byte[] TABLE = "RPM,35\n".getBytes(UTF_8);
    private static final long GIBIBYTE = 1L << 30;

    @TempDir
    Path folder;

    private final AtomicBoolean closed = new AtomicBoolean();
    private Spool spool;

    @BeforeEach
    void create() {
        spool = new Spool(new Drafts(folder), disk -> new DiskRoom.Room(100 * GIBIBYTE, 8 * GIBIBYTE));
    }

    private InputStream table() {
        return new ByteArrayInputStream(TABLE) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    @Test
    void fileOfTheStore_isReadWholeBeforeItIsSent() throws Exception {
        // When
        Reply.Content content = spool.copy("text/csv", TABLE.length, table());

        // Then
        assertThat(closed).isTrue();
        Reply.Content.Stream stream = (Reply.Content.Stream) content;
        assertThat(stream.length()).isEqualTo(TABLE.length);
        try (InputStream in = stream.in()) {
            assertThat(in.readAllBytes()).isEqualTo(TABLE);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void downloadThatFillsTheDisk_isNotBegun() {
        // When
        Throwable failure = catchThrowable(() -> spool.copy("text/csv", 4 * GIBIBYTE, table()));

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL));
        assertThat(closed).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void downloadsThatAreWritten_haveTheirRoom() throws Exception {
        // Given
        Throwable[] failure = new Throwable[1];

        // When
        spool.write(2 * GIBIBYTE, draft -> failure[0] = catchThrowable(() -> spool.write(2 * GIBIBYTE, other -> {})));

        // Then
        assertThat(failure[0]).isInstanceOf(RequestException.class);
        assertThat(spool.write(2 * GIBIBYTE, draft -> {})).isEmptyFile();
    }

    @Test
    void failedDownload_leavesNothing() {
        // When
        Throwable failure = catchThrowable(() -> spool.write(1, draft -> {
            throw new IOException("no store");
        }));

        // Then
        assertThat(failure).hasMessage("no store");
        assertThat(folder).isEmptyDirectory();
    }
}
