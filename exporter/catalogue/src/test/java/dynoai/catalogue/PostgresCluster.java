package dynoai.catalogue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of its own in a temporary folder, if its programs are installed. It does not run as root. */
public final class PostgresCluster implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final int TIMEOUT_SECONDS = 120;

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresCluster(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Starts a server; empty where it is not installed. */
    public static Optional<PostgresCluster> start() throws IOException, InterruptedException {
        @Nullable Path programs = programs();
        if (programs == null || isRoot() && !Files.isExecutable(Path.of("/usr/sbin/runuser"))) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("dynoai-postgres");
        if (isRoot()) {
            run(List.of("chown", USER, folder.toString()));
        }
        PostgresCluster cluster = new PostgresCluster(programs, folder, freePort());
        cluster.program(
                "initdb", "-D", cluster.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
        cluster.program(
                "pg_ctl",
                "-D",
                cluster.data(),
                "-w",
                "-t",
                Integer.toString(TIMEOUT_SECONDS),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + cluster.port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off",
                "start");
        return Optional.of(cluster);
    }

    /** Makes an empty database. */
    public CatalogueAddress database(String name) throws IOException, InterruptedException {
        program("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER, name);
        return CatalogueAddress.ofUrl("jdbc:postgresql://127.0.0.1:" + port + '/' + name + "?user=" + USER);
    }

    /** Returns the port on loopback. */
    public int port() {
        return port;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static @Nullable Path programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo)
                    .orElse(null);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void program(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("/usr/sbin/runuser", "-u", USER, "--"));
        }
        command.add(programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("dynoai-postgres", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            program("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
            List<String> remove = List.of("rm", "-rf", folder.toString());
            run(remove);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
