package dynoai.app.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A new file beside the one it will replace, as readable as any other file its owner makes. */
public final class StagedFile {
    private StagedFile() {}

    public static Path beside(Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        Path folder = parent == null ? target.toAbsolutePath() : parent;
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] asTheUmaskAllows = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"))
                }
                : new FileAttribute<?>[0];
        return Files.createTempFile(folder, ".dynoai-", ".new", asTheUmaskAllows);
    }
}
