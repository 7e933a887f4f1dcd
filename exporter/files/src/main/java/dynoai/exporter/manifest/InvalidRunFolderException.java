package dynoai.exporter.manifest;

import java.io.IOException;

/** A file or folder is not a run folder or a manifest, or its files differ from the manifest. */
public final class InvalidRunFolderException extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidRunFolderException(String message) {
        super(message);
    }
}
