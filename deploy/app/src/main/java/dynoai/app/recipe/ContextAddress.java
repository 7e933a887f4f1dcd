package dynoai.app.recipe;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.automation.server.ContextServer;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The address of a context server: from flags, else from the environment, which a shell step has. */
final class ContextAddress {
    static final String HOST = "DYNOAI_CONTEXT_HOST";
    static final String PORT = "DYNOAI_CONTEXT_PORT";
    private static final int MAX_PORT = 65_535;

    private ContextAddress() {}

    static InetSocketAddress of(@Nullable String host, @Nullable Integer port, Map<String, String> environment)
            throws CommandException {
        return new InetSocketAddress(
                host == null ? environment.getOrDefault(HOST, "127.0.0.1") : host,
                port == null ? port(environment.getOrDefault(PORT, "" + ContextServer.DEFAULT_PORT)) : port);
    }

    private static int port(String text) throws CommandException {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_PORT) {
            return Integer.parseInt(text);
        }
        throw new CommandException(ExitCode.INVALID_ARGUMENTS, PORT + " must be a port, is '" + text + "'");
    }
}
