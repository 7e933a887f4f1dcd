package dynoai.app.node;

import dynoai.app.console.CommandException;
import dynoai.catalogue.Catalogue;
import dynoai.dashboard.Dashboard;
import dynoai.dashboard.DashboardSettings;
import dynoai.dashboard.Place;
import dynoai.dashboard.StatusServer;
import dynoai.dashboard.act.ActSettings;
import dynoai.dashboard.act.RecipeStarts;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.stage.StageEvents;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a node: the page if all stages run here, otherwise health and metrics only. It starts before the stages,
 * so that their start can be watched.
 */
public final class NodeWeb implements AutoCloseable {
    private final AtomicReference<@Nullable Pipeline> pipeline = new AtomicReference<>();
    private final KafkaCredentials credentials = new KafkaCredentials();
    private final NodeMetrics metrics;
    private final Place place;
    private final @Nullable Catalogue catalogue;
    private final @Nullable Dashboard dashboard;
    private final @Nullable StatusServer status;
    private final boolean runsAreHere;

    private NodeWeb(
            NodeSettings settings, Set<StageKind> roles, Place place, RecipeRuns recipes, @Nullable RecipeStarts starts)
            throws IOException, CommandException {
        this.place = place;
        this.runsAreHere = settings.runs().isFolder();
        this.metrics = new NodeMetrics(settings.data());
        if (roles.containsAll(Pipeline.everything())) {
            this.catalogue = Catalogue.at(settings.catalogue());
            DashboardSettings shown = new DashboardSettings(
                    place,
                    place.withCredentials() ? credentials : null,
                    settings.runs()
                            .runFolders(settings.data(), settings.folder().root(), "page"),
                    catalogue,
                    true,
                    recipes,
                    place.readOnly()
                            ? null
                            : new ActSettings(
                                    settings.folder().store(),
                                    settings.data(),
                                    settings.folder().largestLog(),
                                    starts),
                    metrics::page,
                    this::live,
                    this::ready);
            this.dashboard = Dashboard.start(shown);
            metrics.watch(dashboard);
            this.status = null;
        } else {
            this.catalogue = null;
            this.dashboard = null;
            List<Integer> ports =
                    place.healthPort() == 0 ? List.of(place.port()) : List.of(place.port(), place.healthPort());
            // Its metrics contain no data of logs, so no token is needed.
            this.status = StatusServer.start(place.host(), ports, null, metrics::page, this::live, this::ready);
        }
    }

    /**
     * @param recipes the runs of recipes that the page shows
     * @param starts the recipes that the page can start; null for none
     */
    public static NodeWeb start(
            NodeSettings settings, Set<StageKind> roles, Place place, RecipeRuns recipes, @Nullable RecipeStarts starts)
            throws IOException, CommandException {
        return new NodeWeb(settings, roles, place, recipes, starts);
    }

    /** Returns the given listeners with the page and the meters. */
    public Listeners listeners(Listeners others) {
        Listeners meters = metrics.listeners();
        Listeners all = others.and(meters.ingest(), meters.analyzer(), meters.exporter())
                .and(meters.intake());
        return dashboard == null ? all : all.and(dashboard.events(), dashboard.events(), dashboard.events());
    }

    /** Shows the state of a pipeline from now on. */
    public void show(Pipeline started) {
        pipeline.set(started);
        metrics.watch(started, started.clients());
        if (place.withCredentials()) {
            credentials.registry = ShopRegistry.start(started.clients(), credentials, Clock.systemUTC());
        }
        if (dashboard != null) {
            dashboard.followShops(started.clients());
        }
        if (dashboard != null && !runsAreHere) {
            // Run folders are swept each second, a bucket is listed rarely.
            dashboard.follow(started.clients());
        }
    }

    /** Shows the recipes' runs from now on. */
    public void show(BoundRecipes recipes) {
        metrics.watch(recipes);
    }

    public int port() {
        if (dashboard != null) {
            return dashboard.port();
        }
        return status == null ? 0 : status.port();
    }

    /** Returns the port of health and metrics. */
    public int healthPort() {
        return dashboard == null ? port() : dashboard.healthPort();
    }

    /** Returns the address of health and metrics, which have paths of their own there. */
    String health() {
        return "http://" + place.host() + ":" + healthPort() + "/";
    }

    /** Returns the address of the page; empty for a single stage. */
    public Optional<String> page() {
        return dashboard == null ? Optional.empty() : Optional.of("http://" + place.host() + ":" + port() + "/");
    }

    private Pages.Health live() {
        @Nullable Pipeline running = pipeline.get();
        return running == null ? new Pages.Health(true, "starting") : running.live();
    }

    private Pages.Health ready() {
        @Nullable Pipeline running = pipeline.get();
        return running == null ? new Pages.Health(false, "starting") : running.ready();
    }

    /** The credentials on the pipeline's Kafka. Before it runs, none is valid. */
    private static final class KafkaCredentials implements Credentials, StageEvents {
        private static final Logger LOG = LoggerFactory.getLogger(NodeWeb.class);

        private volatile @Nullable ShopRegistry registry;

        @Override
        public Optional<Caller> find(String token) {
            @Nullable ShopRegistry known = registry;
            return known == null ? Optional.empty() : known.find(token);
        }

        @Override
        public boolean isValid(String credential) {
            @Nullable ShopRegistry known = registry;
            return known != null && known.isValid(credential);
        }

        @Override
        public boolean isKnown() {
            @Nullable ShopRegistry known = registry;
            return known != null && known.isKnown();
        }

        @Override
        public long certificatesRevokedUntil(String shop) {
            @Nullable ShopRegistry known = registry;
            return known == null ? Long.MAX_VALUE : known.certificatesRevokedUntil(shop);
        }

        @Override
        public ShopEntry.Limits limits(String shop) {
            @Nullable ShopRegistry known = registry;
            return known == null ? ShopEntry.Limits.none(shop) : known.limits(shop);
        }

        @Override
        public void transientFailure(String where, Exception cause) {
            LOG.warn("{} cannot be read and is read again: {}", where, cause.toString());
        }

        @Override
        public void warning(String where, String message) {
            LOG.warn("{}: {}", where, message);
        }

        @Override
        public void failed(String stage, Throwable bug) {
            LOG.error("{} failed", stage, bug);
        }
    }

    @Override
    public void close() {
        @Nullable ShopRegistry registry = credentials.registry;
        if (registry != null) {
            registry.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
        if (catalogue != null) {
            catalogue.close();
        }
        if (status != null) {
            status.close();
        }
        metrics.close();
    }
}
