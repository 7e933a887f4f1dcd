package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.setting.Setting;
import dynoai.dashboard.Place;
import dynoai.schemas.file.SecretFile;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
            description = "Access token of at least " + SecretFile.MIN_CHARACTERS
                    + " characters. Other users see it in the list of processes: prefer --token-file.")
    private String token = "";

    @Setting
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File with the access token, if --token is not given. A missing file is created with a random token,"
                            + " which is printed once. One of the two is required unless --host is a loopback address.")
    private @Nullable Path tokenFile;

    @Setting
    @Option(
            names = "--credentials",
            description =
                    "Every request of the page needs the token of a shop or of an operator, see 'dynoai shops'. A shop"
                            + " sees its own runs alone. In place of --token-file.")
    private boolean credentials;

    @Setting
    @Option(names = "--read-only", description = "The page only shows; nothing can be dropped or changed there.")
    private boolean readOnly;

    /** Returns the place. A missing token file is created, and its token printed. */
    Place place(Console console) throws IOException, CommandException {
        return place(wantedPort(), token(console));
    }

    /** Returns the place, or one with any free port if none was asked for and the default is in use. */
    Place freePlace(Console console) throws IOException, CommandException {
        return place(port != null || isFree(host, wantedPort()) ? wantedPort() : 0, token(console));
    }

    /** Returns the place of health and metrics without a page, which need no token. */
    Place placeWithoutPage() {
        return place(wantedPort(), null);
    }

    private int wantedPort() {
        return port == null ? DEFAULT_PORT : port;
    }

    private Place place(int actualPort, @Nullable String actualToken) {
        return new Place(
                host, actualPort, healthPort == null ? 0 : healthPort, actualToken, names, readOnly, credentials);
    }

    private @Nullable String token(Console console) throws IOException, CommandException {
        if (credentials && (!token.isEmpty() || tokenFile != null)) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "--credentials replaces --token and --token-file; give one of them");
        }
        if (!token.isEmpty() || tokenFile == null) {
            return token.isEmpty() ? null : token;
        }
        SecretFile secret = SecretFile.readOrCreate(tokenFile);
        if (secret.created()) {
            console.message("token    created in " + tokenFile + "; open the page with /?token=" + secret.text());
        }
        return secret.text();
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts a server. */
    interface Server<T> {
        T start() throws IOException, CommandException;
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
