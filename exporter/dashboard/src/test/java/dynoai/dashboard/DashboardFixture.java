package dynoai.dashboard;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.act.ActSettings;
import dynoai.dashboard.act.RecipeStarts;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.PublishedRun;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** A folder of runs, a drop folder and a dashboard that shows them. */
final class DashboardFixture implements AutoCloseable {
    static final long MAX_LOG_BYTES = 1 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path folder;
    private final Catalogue catalogue;
    private final Dashboard dashboard;
    private final HttpClient client = HttpClient.newHttpClient();

    DashboardFixture(Path folder) throws IOException {
        this(folder, null);
    }

    /** @param credentials null for a page without */
    DashboardFixture(Path folder, @Nullable Credentials credentials) throws IOException {
        this.folder = folder;
        Files.createDirectories(runs());
        Files.createDirectories(drop().resolve(".dynoai"));
        Files.writeString(existing(), "{}\n");
        Files.createDirectories(folder.resolve("store"));
        DashboardSettings all = settings("127.0.0.1", null, runs(), drop());
        DashboardSettings settings = new DashboardSettings(
                all.place(),
                credentials,
                all.folders(),
                all.catalogue(),
                false,
                all.recipes(),
                all.acts(),
                () -> "a_metric 1\n",
                all.live(),
                all.ready());
        this.catalogue = settings.catalogue();
        catalogue.repair();
        this.dashboard = Dashboard.start(settings);
    }

    static DashboardSettings settings(String host, @Nullable String token, Path runs, @Nullable Path drop) {
        Supplier<Pages.Health> ready = () -> new Pages.Health(true, "ready");
        RecipeRuns recipes = new RecipeRuns(runs.resolveSibling("recipe-runs"), runs.resolveSibling("events"));
        ActSettings acts = new ActSettings(
                new FolderStore(runs.resolveSibling("store")),
                runs.resolveSibling("data"),
                MAX_LOG_BYTES,
                new FourStarts());
        CatalogueAddress catalogue = new CatalogueAddress.File(runs.resolveSibling("catalogue.db"));
        return new DashboardSettings(
                new Place(host, 0, 0, token, List.of(), false, false),
                null,
                new RunFolders(runs, drop),
                Catalogue.at(catalogue),
                false,
                recipes,
                acts,
                () -> "",
                ready,
                ready);
    }

    /** Starts one recipe four times. */
    private static final class FourStarts implements RecipeStarts {
        private int started;

        @Override
        public List<Offered> offered() {
            return List.of(new Offered("weekly", "All logs", "recipes/weekly.yaml", List.of("logs")));
        }

        @Override
        public synchronized Optional<String> start(String recipe, Map<String, String> inputs) {
            return started == 4 ? Optional.empty() : Optional.of("run-" + ++started + inputs);
        }
    }

    Path runs() {
        return folder.resolve("runs");
    }

    /** Returns the file that the first start of an ingest makes. */
    Path existing() {
        return drop().resolve(".dynoai/existing.yaml");
    }

    Path drop() {
        return folder.resolve("drop");
    }

    Dashboard dashboard() {
        return dashboard;
    }

    /** Analyses a sample log into the folder of a shop. */
    PublishedRun run(String shop, String logName, SampleProfile profile) throws Exception {
        Path log = Files.createDirectories(folder.resolve("logs")).resolve(logName);
        Files.write(log, SampleLogs.bytes(profile, 3000));
        Path runsOfShop = shop.equals("local") ? runs() : Files.createDirectories(runs().resolve(shop));
        return BatchAnalysis.ofSystemTime()
                .analyze(
                        new RunRequest(log, AnalysisOptions.defaults(), new RunTarget.Among(runsOfShop), 1),
                        bytes -> {});
    }

    /** Writes the folder of a rejected log as the ingest does. */
    void reject(String file, String code, String message, String hint) throws IOException {
        Path rejected =
                Files.createDirectories(drop().resolve("rejected/2026-03-01/2026-03-01T09-30-00Z-00c0de-x.csv"));
        String json = "{\"code\":" + quoted(code)
                + ",\"line\":3,\"column\":\"rpm\",\"found\":\"\",\"accepted\":\"\",\"message\":"
                + quoted(message) + ",\"hint\":" + quoted(hint) + ",\"sha256\":\"\",\"file\":" + quoted(file)
                + ",\"run_id\":\"2026-03-01T09-30-00Z-00c0de\"}";
        Files.writeString(rejected.resolve("reason.json"), json);
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + dashboard.port() + path);
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Returns the acts that the page offers. */
    List<String> offers() throws IOException, InterruptedException {
        Object acts = Json.readObject(get("/api/v1/acts").body()).get("acts");
        return ((List<?>) Objects.requireNonNull(acts))
                .stream().map(String::valueOf).toList();
    }

    /** Sends an act as the page does. */
    HttpResponse<String> post(String path, String type, byte[] body) throws IOException, InterruptedException {
        Object secret = Json.readObject(get("/api/v1/acts").body()).get("secret");
        HttpRequest request = HttpRequest.newBuilder(address("/api/v1/acts/" + path))
                .headers("Origin", "http://127.0.0.1:" + dashboard.port(), "Content-Type", type)
                .header("X-DynoAI-Secret", String.valueOf(secret))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends an act with parameters as JSON. */
    HttpResponse<String> act(String name, String parameters) throws IOException, InterruptedException {
        return post(name, "application/json", parameters.getBytes(StandardCharsets.UTF_8));
    }

    String text(String path) throws IOException, InterruptedException {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    /** Waits until the board has this number of lines. */
    void awaitLines(int count) {
        await(() -> dashboard.board().states().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum()
                >= count);
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("timeout: " + TIMEOUT);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() {
        dashboard.close();
        catalogue.close();
    }
}
