package dynoai.automation.server;

import dynoai.automation.context.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the Context of one shell step to its processes while it runs. Their changes are like those of a Java step: they count
 * only if the step succeeds.
 */
public final class StepContext implements AutoCloseable {
    private static final String HOST = "DYNOAI_CONTEXT_HOST";
    private static final String PORT = "DYNOAI_CONTEXT_PORT";
    public static final String TOKEN = "DYNOAI_CONTEXT_TOKEN";
    private static final long MAX_BYTES = 256L << 20;

    private final ContextServer server;
    private final String token;

    private StepContext(ContextServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /** @param step the author of the changes */
    public static StepContext serve(Context context, String step, String token) throws IOException {
        ContextSettings settings = new ContextSettings(Optional.empty(), Optional.of(token), MAX_BYTES);
        ContextServer server = ContextServer.of(context, step, settings);
        Thread thread = new Thread(() -> serve(server), "context-of-step");
        thread.setDaemon(true);
        thread.start();
        return new StepContext(server, token);
    }

    private static void serve(ContextServer server) {
        try {
            server.serve();
        } catch (IOException ignored) {
            // the step's clients get no answer
        }
    }

    /** Returns the variables by which a process of the step finds the server. */
    public Map<String, String> environment() {
        return Map.of(
                HOST,
                server.address().getAddress().getHostAddress(),
                PORT,
                String.valueOf(server.address().getPort()),
                TOKEN,
                token);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
