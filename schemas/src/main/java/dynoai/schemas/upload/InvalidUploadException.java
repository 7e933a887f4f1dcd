package dynoai.schemas.upload;

import java.io.IOException;

/** Thrown when the store has an object of an upload that cannot be understood. Reading it again does not help. */
public final class InvalidUploadException extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidUploadException(String message, Throwable cause) {
        super(message, cause);
    }
}
