package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.Dashboard;
import dynoai.dashboard.DashboardSettings;
import dynoai.dashboard.Lines;
import dynoai.dashboard.Place;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.PublishedRun;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** A page over a folder of runs, with no pipeline behind it. */
public final class ShownRuns implements AutoCloseable {
    private final Path folder;
    private final Catalogue catalogue;
    private final Dashboard dashboard;

    public ShownRuns(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("runs"));
        Supplier<Pages.Health> ready = () -> new Pages.Health(true, "ready");
        this.catalogue = Catalogue.open(new CatalogueAddress.File(folder.resolve("catalogue.db")));
        this.dashboard = Dashboard.start(new DashboardSettings(
                new Place("127.0.0.1", 0, 0, null, List.of(), false, false),
                null,
                new RunFolders(folder.resolve("runs"), null),
                catalogue,
                false,
                new RecipeRuns(folder.resolve("recipe-runs"), folder.resolve("events")),
                null,
                () -> "",
                ready,
                ready));
    }

    /** Analyses a log in a folder of the given name. */
    public PublishedRun analyze(String vehicle, String name, byte[] log) throws Exception {
        Path file =
                Files.createDirectories(folder.resolve("logs").resolve(vehicle)).resolve(name);
        Files.write(file, log);
        return BatchAnalysis.ofSystemTime()
                .analyze(
                        new RunRequest(file, AnalysisOptions.defaults(), RunTarget.among(folder.resolve("runs")), 1),
                        bytes -> {});
    }

    /** Writes a failed run of a recipe with one step, which has a hostile log. */
    public void recipeRun(String recipe, String name) throws IOException {
        Path run = folder.resolve("recipe-runs").resolve(recipe).resolve(name);
        Files.createDirectories(run.resolve("logs"));
        Files.writeString(run.resolve("run.json"), "{}");
        Files.writeString(run.resolve("logs/pull.log"), "<b id=\"forged\">no</b>\n");
        Files.writeString(run.resolve("outcome.json"), "{\"ok\":false,\"message\":\"step pull: <i>no</i> log\"}");
    }

    /** Puts a run on the board that has no folder. */
    public void put(String shop, String cell, String id, String file, long atMillis, Notice notice) {
        Findings findings = Lines.findings("bike-7");
        RunState state = notice.isEmpty() ? RunState.DONE : RunState.FAILED;
        dashboard.board().put(new RunLine(shop, cell, id, file, "", state, atMillis, atMillis + 900, findings, notice));
    }

    /** Puts a log on the board that is being read. */
    public void putReading(String id, String file, long rows, String howFar) {
        dashboard
                .board()
                .put(RunLine.started("shop-1", "cell-1", id, file, RunState.READING, 1_000)
                        .soFar(rows, howFar));
    }

    /** Opens the page of a run, once its folder has been read. */
    public void open(PublishedRun run, Chrome browser) {
        await().atMost(LiveNode.MAX_WAIT)
                .until(() ->
                        LiveNode.text(address("/api/v1/runs?q=" + run.runId())).contains("\"total\":1"));
        browser.open(address("/runs/local/" + run.runId()));
    }

    public String address(String path) {
        return "http://127.0.0.1:" + dashboard.port() + path;
    }

    @Override
    public void close() {
        dashboard.close();
        catalogue.close();
    }
}
