package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.node.NodeWeb;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a page, health and metrics are served. */
final class PageFlags {
    private static final int DEFAULT_PORT = 8080;
    private static final int HIGHEST_PORT = 65535;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address of the page, health and metrics. Default: 127.0.0.1. DYNOAI_HOST.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of the page, /health/live, /health/ready and /metrics; 0 for any free one. Default: 8080. DYNOAI_PORT.")
    private @Nullable Integer port;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description =
                    "What whoever asks for the page must know, at least 16 characters; needed when --host is not loopback. DYNOAI_TOKEN.")
    private @Nullable String token;

    NodeWeb.Place place(LayeredConfig layers) throws CommandException {
        return new NodeWeb.Place(
                layers.text("host", host, "127.0.0.1"),
                layers.whole("port", port, DEFAULT_PORT, 0, HIGHEST_PORT),
                layers.text("token", token));
    }

    /** Whether nobody asked for a certain port, so that another does as well. */
    boolean isAnyPortFine(LayeredConfig layers) {
        return layers.text("port", port == null ? null : port.toString()) == null;
    }

    /** Whether the port can be had at this moment. */
    static boolean isFree(NodeWeb.Place place) {
        try (ServerSocket socket = new ServerSocket(place.port(), 1, InetAddress.getByName(place.host()))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** What serves a place. */
    interface Server<T> {
        T start() throws IOException;
    }

    /** Starts a server; what is wrong with its place is told as the caller's to correct. */
    static <T> T serve(NodeWeb.Place place, Server<T> server) throws CommandException, IOException {
        try {
            return server.start();
        } catch (IllegalArgumentException noToken) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(noToken.getMessage()));
        } catch (BindException taken) {
            throw new CommandException(
                    ExitCode.OTHER, "port " + place.port() + " is taken; give another --port: " + taken.getMessage());
        }
    }
}
