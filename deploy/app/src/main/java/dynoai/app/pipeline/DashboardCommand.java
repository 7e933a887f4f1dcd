package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.node.BoundRecipes;
import dynoai.app.node.KafkaConnection;
import dynoai.app.node.ProcessMetrics;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.Dashboard;
import dynoai.dashboard.DashboardMeters;
import dynoai.dashboard.DashboardSettings;
import dynoai.dashboard.Place;
import dynoai.dashboard.act.ActSettings;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.feed.TopicFeed;
import dynoai.ingest.folder.FolderSettings;
import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.topic.KafkaReadiness;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows runs on a web page, apart from the stages. */
@Command(
        name = "dashboard",
        description = "Show runs on a web page, apart from the stages.",
        footer = {
            "",
            "Without --bootstrap it shows completed runs from --runs; no node needs to run.",
            "It also shows the runs of recipes: those of the node on --data, and those in recipe-runs.",
            "An address that other machines can reach needs a token: --token-file, which is made if it is missing.",
            "With --credentials it needs those of 'dynoai shops', and shows each shop its own runs alone.",
            "",
            "Examples:",
            "  dynoai dashboard --runs runs",
            "  dynoai dashboard --bootstrap kafka:9092 --port 8081",
            "  dynoai dashboard --bootstrap kafka:9092 --credentials",
        },
        exitCodeList = {"0:stopped", "5:the port is in use, or another error"})
public final class DashboardCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FolderFlags folders = new FolderFlags();

    @Mixin
    private KafkaFlags kafka = new KafkaFlags();

    @Mixin
    private CatalogueFlags catalogue = new CatalogueFlags();

    @Mixin
    private PageFlags page = new PageFlags();

    public DashboardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        FolderFlags.Folders shown = folders.ofLatest();
        RunFolders runs = shown.runs().runFolders(shown.data(), shown.drop(), "dashboard");
        ContentStore store = shown.store().store(shown.data());
        Place place = page.place(console);
        KafkaConnection connection = kafka.connection(folders.settings(), shown.data());
        if (place.withCredentials() && connection.bootstrap() == null) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "--credentials needs the Kafka that has them: --bootstrap HOST:PORT");
        }
        AtomicReference<@Nullable Kafka> read = new AtomicReference<>();
        try (StopSignal stop = StopSignal.install();
                ProcessMetrics metrics = new ProcessMetrics();
                @Nullable
                        ShopRegistry credentials = place.withCredentials()
                                ? ShopRegistry.start(connection.clients(), new StageEvents() {}, Clock.systemUTC())
                                : null;
                OwnCatalogue own = OwnCatalogue.of(catalogue.shared(), shown.data());
                Dashboard dashboard = PageFlags.serve(
                        place,
                        () -> Dashboard.start(new DashboardSettings(
                                place,
                                credentials,
                                runs,
                                own.catalogue(),
                                false,
                                BoundRecipes.shown(shown.data()),
                                place.readOnly()
                                        ? null
                                        : new ActSettings(
                                                store,
                                                shown.data(),
                                                FolderSettings.of(shown.drop(), store)
                                                        .largestLog(),
                                                null),
                                metrics::page,
                                () -> new Pages.Health(true, "live"),
                                () -> health(read.get()))));
                @Nullable Kafka started = kafka(dashboard, connection)) {
            read.set(started);
            DashboardMeters.bind(dashboard, metrics.registry());
            console.message(
                    "runs of " + shown.runs() + (started == null ? "" : " and of Kafka") + " on http://" + place.host()
                            + ":" + dashboard.port() + "/, health and metrics on port " + dashboard.healthPort());
            stop.await();
            return ExitCode.SUCCESS;
        }
    }

    /** What the page reads from Kafka, and whether Kafka can be read. */
    private record Kafka(TopicFeed feed, KafkaReadiness readiness) implements AutoCloseable {
        String notReadyReason() {
            return feed.degraded().isEmpty() ? readiness.notReadyReason() : feed.degraded();
        }

        @Override
        public void close() {
            readiness.close();
            feed.close();
        }
    }

    private static Pages.Health health(@Nullable Kafka read) {
        String degraded = read == null ? "" : read.notReadyReason();
        return new Pages.Health(degraded.isEmpty(), degraded.isEmpty() ? "ready" : degraded);
    }

    private static @Nullable Kafka kafka(Dashboard dashboard, KafkaConnection connection)
            throws CommandException, IOException {
        if (connection.bootstrap() == null) {
            return null;
        }
        KafkaClients clients = connection.clients();
        dashboard.follow(clients);
        dashboard.followShops(clients);
        return new Kafka(TopicFeed.start(clients, dashboard.board()), KafkaReadiness.start(clients));
    }
}
