package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.dashboard.Place;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
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
            description = "Port of the page, health and metrics; 0 for any free one. Default: " + DEFAULT_PORT + ".")
    private @Nullable Integer port;

    @Setting(max = MAX_PORT)
    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            description =
                    "A port for /health/live, /health/ready and /metrics alone, which clients of the page cannot exhaust."
                            + " Default: any free one with a page, none without.")
    private @Nullable Integer healthPort;

    @Setting
    @Option(
            names = "--page-name",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Name or address in the page's address, as of a proxy; repeatable, or separated by commas. Always"
                            + " valid: localhost, and this machine's name and the address connected to.")
    private List<String> names = List.of();

    @Setting
    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description = "Access token (min. 16 characters). Required unless --host is a loopback address.")
    private @Nullable String token;

    Place place() {
        return place(port == null ? DEFAULT_PORT : port);
    }

    /** Returns the place, or one with any free port if none was asked for and the default is in use. */
    Place freePlace() {
        return port != null || isFree(place()) ? place() : place(0);
    }

    private Place place(int actualPort) {
        return new Place(host, actualPort, healthPort == null ? 0 : healthPort, token, names);
    }

    private static boolean isFree(Place place) {
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
    static <T> T serve(Place place, Server<T> server) throws CommandException, IOException {
        try {
            return server.start();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()));
        } catch (BindException e) {
            throw new CommandException(
                    ExitCode.OTHER,
                    "port " + place.port() + " or " + place.healthPort()
                            + " is in use; give another --port or --health-port: " + e.getMessage());
        }
    }
}
