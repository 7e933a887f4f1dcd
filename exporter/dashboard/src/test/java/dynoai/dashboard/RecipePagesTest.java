package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of recipes in the API, and what it must not show. */
class RecipePagesTest {
    private static final String SECRET = "hunter2-secret-value";

    @TempDir
    private Path folder;

    private DashboardFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DashboardFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void run(Path run, String outcome, String... doneSteps) throws Exception {
        Files.createDirectories(run.resolve("steps"));
        Files.createDirectories(run.resolve("logs"));
        Files.writeString(run.resolve("run.json"), "{\"context\":{\"API_TOKEN\":\"" + SECRET + "\"}}");
        for (String step : doneSteps) {
            Files.writeString(run.resolve("steps").resolve(step + ".json"), "{\"context\":\"" + SECRET + "\"}");
            Files.writeString(run.resolve("logs").resolve(step + ".log"), "log of " + step + "\n");
        }
        if (!outcome.isEmpty()) {
            Files.writeString(run.resolve("outcome.json"), outcome);
        }
    }

    private Path byHand(String recipe, String run) {
        return folder.resolve("recipe-runs").resolve(recipe).resolve(run);
    }

    private Path event(String shop, String run, String end) throws Exception {
        Path event = Files.createDirectories(
                folder.resolve("events/note").resolve(shop).resolve(run));
        Files.writeString(event.resolve("event.json"), "{}");
        if (!end.isEmpty()) {
            Files.writeString(event.resolve("end.json"), end);
        }
        return event;
    }

    private JsonTree json(String path) throws Exception {
        return new JsonTree(Json.read(fixture.get(path).body()));
    }

    private List<Integer> statuses(String... paths) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String path : paths) {
            statuses.add(fixture.get(path).statusCode());
        }
        return statuses;
    }

    @Test
    void runs_areListedNewestFirstWithTheirStates() throws Exception {
        // Given
        run(byHand("weekly", "2026-01-01T00-00-00Z-1"), "{\"ok\":true,\"message\":\"\",\"context\":\"x\"}", "a", "b");
        run(byHand("weekly", "2026-01-02T00-00-00Z-1"), "{\"ok\":false,\"message\":\"step b: no\"}", "a");
        run(byHand("weekly", "2026-01-03T00-00-00Z-1"), "", "a");
        run(byHand("weekly", "2026-01-04T00-00-00Z-1"), "{damaged");
        event("north", "2026-01-05T00-00-00Z-1", "");
        run(
                event("north", "2026-01-06T00-00-00Z-1", "{\"ok\":true,\"message\":\"\",\"retries\":2}")
                        .resolve("run"),
                "{\"ok\":true}",
                "a");
        // When
        JsonTree first = json("/api/v1/recipes?size=4");
        JsonTree second = json("/api/v1/recipes?size=4&page=2");
        JsonTree filtered = json("/api/v1/recipes?recipe=note");
        // Then
        assertThat(first.at("runs").items())
                .extracting(run -> run.at("state").text())
                .containsExactly("done", "waiting", "unreadable", "unfinished");
        assertThat(first.at("runs").items().get(0).at("retries").whole()).isEqualTo(2);
        assertThat(first.at("runs").items().get(0).at("shop").text()).isEqualTo("north");
        assertThat(second.at("runs").items())
                .extracting(run -> run.at("message").text())
                .containsExactly("step b: no", "");
        assertThat(second.at("runs").items().get(1).at("steps_done").whole()).isEqualTo(2);
        assertThat(filtered.at("total").whole()).isEqualTo(2);
        assertThat(first.at("recipes").items()).extracting(JsonTree::text).containsExactly("note", "weekly");
    }

    @Test
    void steps_haveTheirStateAndTheEndOfTheirLog() throws Exception {
        // Given
        Path run = byHand("a <b>recipe", "r1");
        run(run, "{\"ok\":false,\"message\":\"<script>\"}", "first");
        Files.writeString(
                run.resolve("logs/second.log"), "<script>alert(1)</script>\n" + "x".repeat(300_000) + "\nend\n");
        // When
        String address = "/api/v1/recipes/a%20%3Cb%3Erecipe/r1";
        JsonTree details = json(address);
        JsonTree log = json(address + "/logs/second");
        String page = fixture.text("/recipes/a%20%3Cb%3Erecipe/r1");
        // Then
        assertThat(details.at("steps").items())
                .extracting(
                        step -> step.at("step").text() + " " + step.at("state").text())
                .containsExactlyInAnyOrder("first done", "second failed");
        assertThat(log.at("cut").flag()).isTrue();
        assertThat(log.at("text").text()).isEqualTo("end\n");
        assertThat(page).contains("recipe.js").doesNotContain("<script>alert", "<b>recipe");
    }

    @Test
    void linksAndOtherPaths_areNotFollowed() throws Exception {
        // Given
        Path outside = folder.resolve("outside");
        run(outside.resolve("r9"), "{\"ok\":true}", "secret");
        Path run = byHand("weekly", "r1");
        run(run, "{\"ok\":true}", "a");
        Files.createSymbolicLink(folder.resolve("recipe-runs/linked"), outside);
        Files.createSymbolicLink(byHand("weekly", "r9"), outside.resolve("r9"));
        Files.createSymbolicLink(run.resolve("logs/link.log"), outside.resolve("r9/logs/secret.log"));
        Path other = byHand("weekly", "r2");
        Files.createDirectories(other);
        Files.writeString(other.resolve("run.json"), "{}");
        Files.createSymbolicLink(other.resolve("logs"), outside.resolve("r9/logs"));
        // When
        String list = fixture.text("/api/v1/recipes");
        JsonTree details = json("/api/v1/recipes/weekly/r1");
        JsonTree otherDetails = json("/api/v1/recipes/weekly/r2");
        List<Integer> statuses = statuses(
                "/api/v1/recipes/linked/r9",
                "/api/v1/recipes/weekly/r9",
                "/api/v1/recipes/weekly/r1/logs/link",
                "/api/v1/recipes/weekly/r2/logs/secret",
                "/api/v1/recipes/weekly/r1/logs/..%2Frun.json",
                "/api/v1/recipes/..%2Foutside/r9",
                "/api/v1/recipes/../outside/r9",
                "/api/v1/recipes/weekly/%00",
                "/api/v1/recipes/weekly/r1/steps/a",
                "/api/v1/recipes/weekly/r1?shop=..%2F..",
                "/api/v1/recipes?page=0");
        // Then
        assertThat(list).contains("\"total\":2").doesNotContain("r9");
        assertThat(details.at("steps").items()).hasSize(1);
        assertThat(otherDetails.at("steps").items()).isEmpty();
        assertThat(statuses).containsExactly(404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 400);
    }

    @Test
    void valuesOfTheContext_areNotShown() throws Exception {
        // Given
        run(byHand("weekly", "r1"), "{\"ok\":true,\"message\":\"\",\"context\":{\"x\":\"" + SECRET + "\"}}", "a");
        // When
        String shown = fixture.text("/api/v1/recipes")
                + fixture.text("/api/v1/recipes/weekly/r1")
                + fixture.text("/api/v1/recipes/weekly/r1/logs/a")
                + fixture.text("/api/v1/recipes/weekly/r1/logs/run")
                + fixture.text("/api/v1/recipes/weekly/r1/steps/a");
        // Then
        assertThat(shown).contains("log of a").doesNotContain(SECRET);
    }

    @Test
    void recipes_needTheTokenLikeEverythingElse() throws Exception {
        // Given
        run(byHand("weekly", "r1"), "{\"ok\":true}", "a");
        String token = "0123456789abcdef";
        try (Dashboard guarded =
                Dashboard.start(DashboardFixture.settings("127.0.0.1", token, folder.resolve("runs"), null))) {
            TokenClient get = new TokenClient(guarded.port());
            // When
            List<Integer> statuses = List.of(
                    get.status("/api/v1/recipes", ""),
                    get.status("/recipes", ""),
                    get.status("/api/v1/recipes/weekly/r1/logs/a", ""),
                    get.status("/api/v1/recipes", token));
            // Then
            assertThat(statuses).containsExactly(401, 401, 401, 200);
        }
    }

    /** Requests with a bearer token. */
    private record TokenClient(int port) {
        int status(String path, String token) throws Exception {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .statusCode();
        }
    }
}
