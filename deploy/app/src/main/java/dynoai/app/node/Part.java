package dynoai.app.node;

import java.io.IOException;
import java.util.Optional;

/** One stage of a running node, as its watchers see it. */
interface Part extends AutoCloseable {
    String name();

    boolean isReady();

    /** Why it ended by itself; empty while it runs. */
    Optional<String> failure();

    @Override
    void close() throws IOException;
}
