package dynoai.app.recipe;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.automation.server.ContextServer;
import dynoai.automation.server.ContextSettings;
import dynoai.schemas.file.SecretFile;
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
            "  dynoai context serve --host 0.0.0.0 --token-file context.token",
            "",
            "Every client can read and change all values. With a token, each request must have it: --token-file or",
            "DYNOAI_CONTEXT_TOKEN, for clients too. Without one, the server listens on a loopback address only. A line that",
            "is not a JSON object is answered with an error and ends the connection. There is no encryption."
        },
        exitCodeList = {"0:interrupted", "1:no token for this --host", "5:the port is in use, or another error"})
final class ContextServeCommand implements Callable<Integer> {
    private static final int MAX_MEBIBYTES = 1024;

    private final Console console;

    @Option(names = "--host", paramLabel = "HOST", description = "Listen address. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Port; 0 for any free one. Default: 7878.")
    private int port = ContextServer.DEFAULT_PORT;

    @Option(names = "--file", paramLabel = "FILE", description = "File that keeps the values across restarts.")
    private @Nullable Path file;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token of all requests; if missing, it is created and the token printed once. "
                    + "Default: the token in " + ContextToken.VARIABLE
                    + ". Required unless --host is a loopback address.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--max-size",
            paramLabel = "MIB",
            description = "Limit of all values together, as JSON, 1 to 1024 MiB. Default: 16.")
    private int maxMebibytes = ContextSettings.DEFAULT_MAX_MEBIBYTES;

    ContextServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        if (maxMebibytes < 1 || maxMebibytes > MAX_MEBIBYTES) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "--max-size takes a whole number from 1 to " + MAX_MEBIBYTES);
        }
        try (ContextServer server = open(token())) {
            InetSocketAddress at = server.address();
            console.message("context server at " + at.getAddress().getHostAddress() + ":" + at.getPort());
            server.serve();
        }
        return ExitCode.SUCCESS;
    }

    private Optional<String> token() throws IOException {
        if (tokenFile == null) {
            return ContextToken.read(null);
        }
        SecretFile secret = SecretFile.readOrCreate(tokenFile);
        if (secret.created()) {
            console.message("created " + tokenFile + " with the token " + secret.text());
        }
        return Optional.of(secret.text());
    }

    private ContextServer open(Optional<String> token) throws CommandException, IOException {
        try {
            return ContextServer.open(
                    new InetSocketAddress(host, port),
                    new ContextSettings(Optional.ofNullable(file), token, (long) maxMebibytes << 20));
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, e.getMessage() + "; give --token-file or " + ContextToken.VARIABLE, e);
        }
    }
}
