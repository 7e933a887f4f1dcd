package dynoai.schemas.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads whole files that must be small, in bounded time and memory. */
public final class SmallFile {
    private SmallFile() {}

    /**
     * Returns the bytes of a file. A file of size 0 is empty and is not opened, because files of the kernel such as
     * {@code /proc/kmsg} have size 0 and never end.
     *
     * @param links {@link LinkOption#NOFOLLOW_LINKS} if a symbolic link is not suitable either
     * @throws UnsuitableFileException if it is larger, or is not a regular file and could block or never end
     */
    public static byte[] read(Path file, int maxBytes, LinkOption... links) throws IOException {
        if (!Files.exists(file, links)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file, links)) {
            throw new UnsuitableFileException(file, "is not a regular file");
        }
        if (Files.size(file) == 0) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file, links)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new UnsuitableFileException(file, "is larger than " + maxBytes + " bytes");
            }
            return bytes;
        }
    }
}
