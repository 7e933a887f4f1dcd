package dynoai.app.recipe;

import dynoai.schemas.file.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token of a context server: in a file, else in the environment. */
final class ContextToken {
    static final String VARIABLE = "DYNOAI_CONTEXT_TOKEN";

    private ContextToken() {}

    static Optional<String> read(@Nullable Path file) throws IOException {
        return file == null
                ? Optional.ofNullable(System.getenv(VARIABLE))
                : Optional.of(SecretFile.read(file).text());
    }
}
