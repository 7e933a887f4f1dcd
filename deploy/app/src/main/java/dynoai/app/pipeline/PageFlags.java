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

/** Where the page, health and metrics are served. */
final class PageFlags {
    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65535;

    @Setting
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Listen address of the page, health and metrics.")
    private String host = "";

    @Setting(max = MAX_PORT)
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the page, /health/live, /health/ready and /metrics; 0 for any free one. Default: "
                    + DEFAULT_PORT + ".")
    private @Nullable Integer port;

    @Setting
    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description = "Access token (min. 16 characters). Required unless --host is a loopback address.")
    private @Nullable String token;

    NodeWeb.Place place() {
        return new NodeWeb.Place(host, port == null ? DEFAULT_PORT : port, token);
    }

    /** Returns the place, or one with any free port if none was asked for and the default is in use. */
    NodeWeb.Place freePlace() {
        NodeWeb.Place place = place();
        return port != null || isFree(place) ? place : new NodeWeb.Place(host, 0, token);
    }

    private static boolean isFree(NodeWeb.Place place) {
        try (ServerSocket socket = new ServerSocket(place.port(), 1, InetAddress.getByName(place.host()))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts a server. */
    interface Server<T> {
        T start() throws IOException;
    }

    /** Starts a server; reports a missing token or a port in use as errors of the command line. */
    static <T> T serve(NodeWeb.Place place, Server<T> server) throws CommandException, IOException {
        try {
            return server.start();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()));
        } catch (BindException e) {
            throw new CommandException(
                    ExitCode.OTHER, "port " + place.port() + " is in use; give another --port: " + e.getMessage());
        }
    }
}
