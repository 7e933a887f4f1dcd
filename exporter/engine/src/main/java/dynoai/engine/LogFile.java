package dynoai.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state of a log's file when reading began; detects a program that still writes to it. */
record LogFile(
        Path path, long size, long modifiedMillis, @Nullable Object fileKey) {

    static LogFile of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(
                    path.toString(), null, attributes.isDirectory() ? "is a folder" : "is not a regular file");
        }
        return new LogFile(
                path, attributes.size(), attributes.lastModifiedTime().toMillis(), attributes.fileKey());
    }

    /** @param bytesRead number of bytes that were read up to its end */
    void checkUnchanged(long bytesRead) throws LogChangedException, IOException {
        LogFile now = of(path);
        if (bytesRead != size || !isSame(now)) {
            throw new LogChangedException(
                    path + " changed while it was read: it had " + size + " bytes at first and has " + now.size
                            + " now. Wait until the recording or copying program is done, then run again.");
        }
    }

    /** Explicit because linking a record's equals costs a short program several milliseconds. */
    private boolean isSame(LogFile other) {
        return size == other.size && modifiedMillis == other.modifiedMillis && Objects.equals(fileKey, other.fileKey);
    }
}
