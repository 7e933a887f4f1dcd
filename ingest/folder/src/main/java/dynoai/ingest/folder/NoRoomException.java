package dynoai.ingest.folder;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The disk of a drop folder has no room for another log. */
public final class NoRoomException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    NoRoomException(Path folder, String why) {
        super(folder.toString(), null, why);
    }
}
