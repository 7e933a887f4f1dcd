package dynoai.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The SHA-256 of a file of any size. */
final class FileHash {
    private static final int BUFFER_BYTES = 1 << 18;

    private FileHash() {}

    static String of(Path file) throws IOException {
        MessageDigest hash = Hex.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
        return Hex.of(hash.digest());
    }
}
