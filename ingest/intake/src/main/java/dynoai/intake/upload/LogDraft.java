package dynoai.intake.upload;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Bytes of a log in a local file, on their way into the store. Closing it deletes the file, unless the store moved it. */
final class LogDraft implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private long bytes;

    /** @param file of {@link Drafts#create} */
    LogDraft(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }

    void write(ByteBuffer part) throws IOException {
        bytes += part.remaining();
        digest.update(part.duplicate());
        while (part.hasRemaining()) {
            channel.write(part);
        }
    }

    long bytes() {
        return bytes;
    }

    /** Ends the draft and returns the hash of its bytes. */
    String end() throws IOException {
        channel.close();
        return Sha256.hex(digest);
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
