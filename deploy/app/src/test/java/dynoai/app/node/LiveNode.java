package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.automation.event.RecipeBindings;
import dynoai.catalogue.CatalogueAddress;
import dynoai.dashboard.Place;
import dynoai.dashboard.act.RecipeStarts;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.ingest.folder.DropReport;
import dynoai.ingest.folder.FolderSettings;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A whole node in this process: broker, stages and page. */
public final class LiveNode implements AutoCloseable {
    public static final Duration MAX_WAIT = Duration.ofSeconds(90);

    private final Path folder;
    private final NodeWeb web;
    private final Pipeline pipeline;

    public LiveNode(Path folder) throws Exception {
        this(folder, null);
    }

    /** @param starts recipes that the page can start, with their runs in {@link #recipeRuns}; null for none */
    LiveNode(Path folder, @Nullable RecipeStarts starts) throws Exception {
        this(folder, settings(folder), starts);
    }

    /** @param settings of a node with its drop folder in the folder */
    LiveNode(Path folder, NodeSettings settings, @Nullable RecipeStarts starts) throws Exception {
        this(folder, settings, starts, false);
    }

    /** Returns a node whose page needs the token of a shop or of an operator. */
    static LiveNode withCredentials(Path folder) throws Exception {
        return new LiveNode(folder, settings(folder), null, true);
    }

    private LiveNode(Path folder, NodeSettings settings, @Nullable RecipeStarts starts, boolean withCredentials)
            throws Exception {
        this.folder = folder;
        this.web = NodeWeb.start(
                settings,
                Pipeline.everything(),
                new Place("127.0.0.1", 0, 0, null, List.of(), false, withCredentials),
                new RecipeRuns(recipeRuns(folder), RecipeBindings.folderIn(settings.data())),
                starts);
        Pipeline.Listener silent = new Pipeline.Listener() {};
        this.pipeline = Pipeline.start(settings, Pipeline.everything(), web.listeners(Listeners.of(silent)));
        web.show(pipeline);
        try {
            await().atMost(MAX_WAIT).until(pipeline::isReady);
        } catch (ConditionTimeoutException e) {
            String state = pipeline.ready().text();
            close();
            throw new AssertionError(state, e);
        }
    }

    /** Returns settings of a node with all its folders in one folder and short intervals. */
    static NodeSettings settings(Path folder) {
        FolderSettings logs = FolderSettings.of(folder.resolve("drop"), new FolderStore(folder.resolve("data/store")))
                .settle(Duration.ofMillis(300))
                .poll(Duration.ofMillis(200))
                .watch(false)
                .takeExisting(true);
        return new NodeSettings(
                logs,
                folder.resolve("runs"),
                folder.resolve("data"),
                CatalogueAddress.in(folder.resolve("data")),
                new KafkaConnection(null, Map.of(), 1, Namespace.DEFAULT),
                new NodeSettings.Stages(null, 2, 0, false));
    }

    /** Returns the folder of the runs of recipes of a node in a folder. */
    public static Path recipeRuns(Path folder) {
        return folder.resolve("recipe-runs");
    }

    Pipeline pipeline() {
        return pipeline;
    }

    public Path runs() {
        return folder.resolve("runs");
    }

    /** Drops a log as a dyno PC does: written elsewhere, then renamed in. */
    public void drop(String place, long seed, SampleProfile.Fault... faults) throws IOException {
        SampleProfile profile = SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed);
        for (SampleProfile.Fault fault : Arrays.asList(faults)) {
            profile = profile.with(fault);
        }
        drop(place, SampleLogs.bytes(profile, 4000));
    }

    public void drop(String place, byte[] bytes) throws IOException {
        Path target = folder.resolve("drop").resolve(place);
        Files.createDirectories(target.getParent());
        Path part = Files.write(target.resolveSibling(target.getFileName() + ".part"), bytes);
        Files.move(part, target);
    }

    /** Until everything dropped has come to its end. The node alone may not have seen a log yet that was just dropped. */
    public void awaitIdle() {
        await().atMost(MAX_WAIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> DropReport.of(folder.resolve("drop")).entries().stream()
                                .allMatch(
                                        entry -> entry.state().isEnd() || entry.state() == DropReport.State.LEFT_ALONE)
                        && pipeline.isIdle());
    }

    KafkaStreams streams() {
        return pipeline.streams().orElseThrow();
    }

    KafkaClients clients() {
        return pipeline.clients();
    }

    Map<String, Object> client() {
        return clients().properties(Map.of(), Map.of());
    }

    public int port() {
        return web.port();
    }

    public String address(String path) {
        return "http://127.0.0.1:" + web.port() + path;
    }

    public static String text(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        pipeline.close();
        web.close();
    }
}
