package dynoai.schemas.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store of logs or a shelf of runs cannot be used at the moment. No run causes this, so none fails because of it. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
