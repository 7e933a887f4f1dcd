package dynoai.catalogue;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The database of a catalogue is unavailable, or holds something else. */
public final class CatalogueException extends IOException {
    private static final long serialVersionUID = 1L;

    CatalogueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
