package dynoai.schemas.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads whole files that must be small, in bounded time and memory. */
public final class SmallFile {
    private SmallFile() {}

    /**
     * Returns the bytes of a file. A file of size 0 is empty and is not opened, because files of the kernel such as
     * {@code /proc/kmsg} have size 0 and never end.
     *
     * @param links {@link LinkOption#NOFOLLOW_LINKS} if a symbolic link is not suitable either
     * @throws java.nio.file.NoSuchFileException if there is no file
     * @throws UnsuitableFileException if it is larger, or is not a regular file and could block or never end
     */
    public static byte[] read(Path file, int maxBytes, LinkOption... links) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, links);
        if (!attributes.isRegularFile()) {
            throw new UnsuitableFileException(file, "is not a regular file");
        }
        if (attributes.size() == 0) {
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
