package dynoai.intake.upload;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The local files of an intake: bytes on their way into the store or to a client. Several processes may share the folder.
 *
 * @param folder is created with the first file
 */
public record Drafts(Path folder) {
    private static final String PREFIX = ".intake-";
    private static final String SUFFIX = ".part";

    /** The drafts of an intake, and of logs that the store downloads from a bucket. */
    private static final String ABANDONED = "{" + PREFIX + "*" + SUFFIX + ",.tmp-download-*}";

    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    /** Creates an empty file. */
    public Path create() throws IOException {
        return Files.createTempFile(Files.createDirectories(folder), PREFIX, SUFFIX);
    }

    /** Deletes the files that killed processes left. */
    public void sweep(Instant now) throws IOException {
        Instant before = now.minus(ABANDONED_AFTER);
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(Files.createDirectories(folder), ABANDONED)) {
            for (Path draft : drafts) {
                deleteIfOlder(draft, before);
            }
        }
    }

    private static void deleteIfOlder(Path draft, Instant before) throws IOException {
        try {
            if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException ignored) {
            // Its process just finished it.
        }
    }
}
