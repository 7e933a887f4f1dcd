package dynoai.app;

import dynoai.app.node.NodeSettings;
import dynoai.app.node.NodeWeb;
import dynoai.app.node.Pipeline;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every long-running command shares. */
final class NodeFlags {
    private static final int DEFAULT_REPLICATION = 3;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with any of these by name, weakest of all. DYNOAI_CONFIG.")
    private @Nullable Path config;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka to use. DYNOAI_BOOTSTRAP.")
    private @Nullable String bootstrap;

    @Option(
            names = "--kafka",
            paramLabel = "NAME=VALUE",
            description =
                    "A property for Kafka's clients (TLS, SASL, …); may be repeated. DYNOAI_KAFKA_NAME, with _ for each point; in the file kafka.NAME.")
    private Map<String, String> kafka = new TreeMap<>();

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "Copies of each topic on a Kafka elsewhere. Default: 3. DYNOAI_REPLICATION.")
    private @Nullable Double replication;

    @Option(names = "--drop", paramLabel = "DIR", description = "Drop folder. Default: drop. DYNOAI_DROP.")
    private @Nullable String drop;

    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of run folders. Default: runs. DYNOAI_RUNS.")
    private @Nullable String runs;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "This node's own directory: broker, state, names, log. Default: data. DYNOAI_DATA.")
    private @Nullable String data;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description =
                    "Store of logs by content, shared by ingest and exporter. Default: store in the data directory. DYNOAI_STORE.")
    private @Nullable String store;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description =
                    "Tells this process from others of its kind and stays the same over restarts. Default: kept in the data directory. DYNOAI_INSTANCE.")
    private @Nullable String instance;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs analysed and exported at a time. Default: the processors, at most 4. DYNOAI_THREADS.")
    private @Nullable Double threads;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "How long a log must not have moved. Default: 3. DYNOAI_SETTLE.")
    private @Nullable Double settle;

    @Option(
            names = "--poll",
            paramLabel = "SECONDS",
            description = "Pause between two looks into the drop folder. Default: 2. DYNOAI_POLL.")
    private @Nullable Double poll;

    @Option(
            names = "--no-file-events",
            description = "Never be woken by the file system; the poll alone finds files. DYNOAI_NO_FILE_EVENTS=true.")
    private boolean noFileEvents;

    @Option(
            names = "--take-existing",
            description = "Take logs that lay in the drop folder before its first start. DYNOAI_TAKE_EXISTING=true.")
    private boolean takeExisting;

    @Option(names = "--force", description = "Make a new run of a log that was a run before. DYNOAI_FORCE=true.")
    private boolean force;

    @Option(
            names = "--publish-rows",
            description = "Also write every row by itself to dynoai.log-rows.v1. DYNOAI_PUBLISH_ROWS=true.")
    private boolean publishRows;

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
    private @Nullable Double port;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description =
                    "What whoever asks for the page must know, at least 16 characters; needed when --host is not loopback. DYNOAI_TOKEN.")
    private @Nullable String token;

    Layers layers(Map<String, String> environment) throws CommandFailed, IOException {
        return Layers.of(config, environment);
    }

    NodeSettings settings(Layers layers) throws CommandFailed {
        Path dataPath = Path.of(layers.text("data", data, "data"));
        String storeText = layers.text("store", store);
        return new NodeSettings(
                Path.of(layers.text("drop", drop, "drop")),
                Path.of(layers.text("runs", runs, "runs")),
                dataPath,
                storeText == null ? dataPath.resolve("store") : Path.of(storeText),
                layers.text("bootstrap", bootstrap),
                layers.kafka(kafka),
                (int) layers.number("replication", replication, DEFAULT_REPLICATION),
                layers.text("instance", instance),
                (int) layers.number(
                        "threads", threads, Math.min(4, Runtime.getRuntime().availableProcessors())),
                seconds(layers.number("settle", settle, 3)),
                seconds(layers.number("poll", poll, 2)),
                !layers.flag("no-file-events", noFileEvents),
                layers.flag("take-existing", takeExisting),
                layers.flag("force", force),
                layers.flag("publish-rows", publishRows));
    }

    NodeWeb.Place place(Layers layers) throws CommandFailed {
        return new NodeWeb.Place(
                layers.text("host", host, "127.0.0.1"),
                (int) layers.number("port", port, 8080),
                layers.text("token", token));
    }

    /** The node's page, before its stages start. */
    NodeWeb web(Layers layers, NodeSettings settings, Set<Pipeline.Role> roles) throws CommandFailed, IOException {
        try {
            return NodeWeb.start(settings, roles, place(layers));
        } catch (IllegalArgumentException noToken) {
            throw new CommandFailed(ExitCode.INVALID_ARGUMENTS, String.valueOf(noToken.getMessage()));
        } catch (BindException taken) {
            throw new CommandFailed(
                    ExitCode.OTHER,
                    "port " + place(layers).port() + " is taken; give another --port: " + taken.getMessage());
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
