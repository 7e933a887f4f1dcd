package dynoai.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One way to get through a log. */
interface Contender extends AutoCloseable {
    String title();

    int threads();

    /** Gets through the whole log. Floors, which only touch the bytes, have no answer. */
    @Nullable
    Answer run(Path log) throws Exception;

    @Override
    default void close() throws SQLException {}
}
