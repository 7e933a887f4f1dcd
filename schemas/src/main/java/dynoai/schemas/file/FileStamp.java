package dynoai.schemas.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** The attributes of a file that change when it is written or replaced. */
public record FileStamp(long size, FileTime modified, String fileKey) {
    public static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(attributes.size(), attributes.lastModifiedTime(), Objects.toString(attributes.fileKey()));
    }

    public static FileStamp of(Path file, LinkOption... links) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class, links));
    }
}
