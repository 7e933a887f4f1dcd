package dynoai.app.recipe;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.automation.server.ContextServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a Context. */
@Command(
        name = "serve",
        description = "Serve a Context over TCP, one JSON object per line, until interrupted.",
        footer = {
            "",
            "Example:",
            "  dynoai context serve --file state.json",
            "",
            "There is no authentication: every client can read and change all values. By default the server listens on",
            "a loopback address only."
        },
        exitCodeList = {"0:interrupted", "5:the port is in use, or another error"})
final class ContextServeCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--host", paramLabel = "HOST", description = "Listen address. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Port; 0 for any free one. Default: 7878.")
    private int port = ContextServer.DEFAULT_PORT;

    @Option(names = "--file", paramLabel = "FILE", description = "File that keeps the values across restarts.")
    private @Nullable Path file;

    ContextServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (ContextServer server = ContextServer.open(new InetSocketAddress(host, port), Optional.ofNullable(file))) {
            InetSocketAddress at = server.address();
            console.message("context server at " + at.getAddress().getHostAddress() + ":" + at.getPort());
            server.serve();
        }
        return ExitCode.SUCCESS;
    }
}
