package dynoai.schemas.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that exists but cannot be used: a folder, a device, a FIFO or a socket, or a file that is too large. */
public final class UnsuitableFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    UnsuitableFileException(Path file, String problem) {
        super(file.toString(), null, problem);
    }
}
