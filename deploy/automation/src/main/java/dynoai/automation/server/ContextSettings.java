package dynoai.automation.server;

import dynoai.schemas.file.SecretFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of a context server.
 *
 * @param file keeps the values across restarts
 * @param token must be in every request; empty for none, which is allowed on a loopback address only
 * @param maxBytes limit of all values together, as JSON
 */
public record ContextSettings(Optional<Path> file, Optional<String> token, long maxBytes) {
    public static final int DEFAULT_MAX_MEBIBYTES = 16;

    /** Neither a file nor a token, and the default limit. */
    public static final ContextSettings DEFAULT =
            new ContextSettings(Optional.empty(), Optional.empty(), (long) DEFAULT_MAX_MEBIBYTES << 20);

    public ContextSettings {
        if (token.isPresent() && token.get().length() < SecretFile.MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the token must have at least " + SecretFile.MIN_CHARACTERS + " characters");
        }
    }
}
