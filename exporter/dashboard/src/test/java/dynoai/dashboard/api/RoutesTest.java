package dynoai.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.feed.FleetFeed;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.schemas.json.Json;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may request which path is decided here a second time. The walls between shops are tested by the described paths. */
class RoutesTest {
    @TempDir
    private Path folder;

    private Map<String, Need> needs;

    @BeforeEach
    void routes() {
        Supplier<Pages.Health> health = () -> new Pages.Health(true, "ready");
        RunBoard board = new RunBoard(Catalogue.at(new CatalogueAddress.File(folder.resolve("catalogue.db"))));
        Views views = new Views(board, new Throughput(Clock.systemUTC()), new RunFolders(folder, null), () -> "");
        Api api = new Api(new RecipeRuns(folder, folder), new FleetFeed(), null);
        needs = new TreeMap<>();
        for (Route route : new Pages(api, views, null, () -> "", health, health).routes()) {
            needs.put('/' + route.path(), route.need());
        }
    }

    @Test
    void pathsWithoutATokenOrARole_areThese() {
        // When, Then
        assertThat(withNeed(Need.NOTHING))
                .containsExactlyInAnyOrder("/assets/{name}", "/api/v1/openapi.json", "/health/live", "/health/ready");
        assertThat(withNeed(Need.TOKEN))
                .containsExactlyInAnyOrder(
                        "/",
                        "/runs/{shop}/{run_id}",
                        "/cells/{shop}/{cell}",
                        "/rejected",
                        "/recipes",
                        "/recipes/{recipe}/{run}",
                        "/audit",
                        "/fleet",
                        "/api/v1/acts",
                        "/api/v1/acts/{act}");
        assertThat(withNeed(Need.OPERATE))
                .containsExactlyInAnyOrder(
                        "/metrics",
                        "/api/v1/audit",
                        "/api/v1/fleet",
                        "/api/v1/recipes",
                        "/api/v1/recipes/{recipe}/{run}",
                        "/api/v1/recipes/{recipe}/{run}/logs/{step}");
    }

    private List<String> withNeed(Need need) {
        return needs.keySet().stream().filter(path -> needs.get(path) == need).toList();
    }

    @Test
    void everyPathThatShowsRuns_isDescribed() throws Exception {
        // Given
        Map<?, ?> description;
        try (InputStream in =
                Objects.requireNonNull(Pages.class.getResourceAsStream("/dynoai/dashboard/web/openapi.json"))) {
            description = (Map<?, ?>) Json.read(in.readAllBytes());
        }

        // When
        List<String> showing = needs.keySet().stream()
                .filter(path -> path.startsWith("/" + Api.PATH))
                .filter(path -> needs.get(path) != Need.NOTHING && !path.equals("/api/v1/acts/{act}"))
                .toList();

        // Then
        List<String> described = ((Map<?, ?>) description.get("paths"))
                .entrySet().stream()
                        .filter(path -> ((Map<?, ?>) path.getValue()).containsKey("get"))
                        .map(path -> String.valueOf(path.getKey()))
                        .toList();
        assertThat(showing).containsExactlyInAnyOrderElementsOf(described);
    }
}
