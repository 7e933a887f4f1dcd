package dynoai.app;

import dynoai.dashboard.Dashboard;
import dynoai.dashboard.DashboardSettings;
import dynoai.dashboard.feed.TopicFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows runs on a web page of its own, apart from the stages. */
@Command(
        name = "dashboard",
        description = "Show runs on a web page, apart from the stages.",
        footer = {
            "",
            "Without --bootstrap it shows what has ended, from the folder of runs; nothing else needs to run.",
            "On an address that others can reach a token is needed, best as DYNOAI_TOKEN.",
            "",
            "Examples:",
            "  dynoai dashboard --runs runs",
            "  dynoai dashboard --bootstrap kafka:9092 --port 8081",
            "",
            "Exit codes: 0 stopped, 1 invalid arguments, 5 the port is taken or anything else."
        })
final class DashboardCommand implements Callable<Integer> {
    private final Console console;
    private final CountDownLatch stop = new CountDownLatch(1);

    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of run folders. Default: runs. DYNOAI_RUNS.")
    private @Nullable String runs;

    @Option(
            names = "--drop",
            paramLabel = "DIR",
            description = "Drop folder, for rejected logs. Default: drop. DYNOAI_DROP.")
    private @Nullable String drop;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka of the stages, for runs in flight. DYNOAI_BOOTSTRAP.")
    private @Nullable String bootstrap;

    @Option(
            names = "--kafka",
            paramLabel = "NAME=VALUE",
            description = "A property for Kafka's clients; may be repeated. DYNOAI_KAFKA_NAME.")
    private Map<String, String> kafka = new TreeMap<>();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: 127.0.0.1. DYNOAI_HOST.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the page; 0 for any free one. Default: 8080. DYNOAI_PORT.")
    private @Nullable Double port;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description = "What whoever asks must know, at least 16 characters. DYNOAI_TOKEN.")
    private @Nullable String token;

    DashboardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
        Layers layers = Layers.of(null, System.getenv());
        Path folder = Path.of(layers.text("runs", runs, "runs"));
        DashboardSettings settings = DashboardSettings.alone(
                layers.text("host", host, "127.0.0.1"),
                (int) layers.number("port", port, 8080),
                layers.text("token", token),
                folder,
                Path.of(layers.text("drop", drop, "drop")));
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "dynoai-stop"));
        try (Dashboard dashboard = Dashboard.start(settings);
                @Nullable TopicFeed feed = feed(layers, dashboard)) {
            console.message("runs of " + folder + (feed == null ? "" : " and of Kafka") + " on http://"
                    + settings.host() + ":" + dashboard.port() + "/");
            stop.await();
            return ExitCode.SUCCESS;
        } catch (IllegalArgumentException noToken) {
            throw new CommandFailed(ExitCode.INVALID_ARGUMENTS, String.valueOf(noToken.getMessage()));
        }
    }

    private @Nullable TopicFeed feed(Layers layers, Dashboard dashboard) {
        @Nullable String brokers = layers.text("bootstrap", bootstrap);
        if (brokers == null) {
            return null;
        }
        Map<String, Object> client = new HashMap<>(layers.kafka(kafka));
        client.put("bootstrap.servers", brokers);
        return TopicFeed.start(
                client, dashboard.board(), line -> dashboard.throughput().runEnded());
    }
}
