package dynoai.intake.tls;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Thrown when a PEM file is not usable. The message names the file and says what to do. */
public final class InvalidPemException extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidPemException(Path file, String problem, @Nullable Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
