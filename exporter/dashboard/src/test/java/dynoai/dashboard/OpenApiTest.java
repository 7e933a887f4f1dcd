package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.json.Json;
import dynoai.schemas.record.AgentContact;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the description of the API with real responses. */
class OpenApiTest {
    @TempDir
    private Path folder;

    private DashboardFixture fixture;
    private PublishedRun first;
    private PublishedRun second;
    private Map<?, ?> description;

    @BeforeEach
    void createTwoRunsARejectedLogAndARecipesRun() throws Exception {
        fixture = new DashboardFixture(folder);
        SampleProfile lean =
                SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 7).with(SampleProfile.Fault.LEAN_FRONT);
        first = fixture.run("local", "first.csv", lean.with(SampleProfile.Fault.KNOCK));
        second = fixture.run("local", "second.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 8));
        fixture.reject("shop-a/cell-1/bad.csv", "MISSING_COLUMNS", "no rpm column", "export it");
        Path recipeRun = folder.resolve("recipe-runs/weekly/r1");
        Files.createDirectories(recipeRun.resolve("logs"));
        Files.writeString(recipeRun.resolve("run.json"), "{}");
        Files.writeString(recipeRun.resolve("logs/a.log"), "text\n");
        fixture.awaitLines(3);
        description = (Map<?, ?>) Json.read(fixture.get("/api/v1/openapi.json").body());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyResponse_matchesItsSchema() throws Exception {
        // Given
        String run = "/api/v1/runs/local/" + first.runId();
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("/api/v1/runs", "/api/v1/runs?size=2");
        requests.put("/api/v1/runs/{shop}/{run_id}", run);
        requests.put("/api/v1/runs/{shop}/{run_id}/grids", run + "/grids");
        requests.put("/api/v1/runs/{shop}/{run_id}/timeline", run + "/timeline");
        requests.put("/api/v1/runs/{shop}/{run_id}/compare", run + "/compare?with=local/" + second.runId());
        requests.put("/api/v1/cells/{shop}/{cell}", "/api/v1/cells/local/default");
        String session = "/api/v1/sessions/local/" + first.runId();
        fixture.act("session-map", "{\"shop\":\"local\",\"session\":\"" + first.runId() + "\"}");
        requests.put("/api/v1/sessions/{shop}/{session}", session);
        requests.put("/api/v1/sessions/{shop}/{session}/map", session + "/map");
        requests.put("/api/v1/shops", "/api/v1/shops");
        fixture.dashboard()
                .agents()
                .take("north/pc-1", new AgentContact("north", "pc-1", "1.1.0", 1, 2, 3, 4, "no route"));
        requests.put("/api/v1/fleet", "/api/v1/fleet");
        requests.put("/api/v1/acts", "/api/v1/acts");
        requests.put("/api/v1/tables/{shop}/{run_id}", "/api/v1/tables/local/" + first.runId());
        requests.put("/api/v1/marks/{shop}/{run_id}", "/api/v1/marks/local/" + first.runId());
        requests.put("/api/v1/audit", "/api/v1/audit?size=9");
        requests.put("/api/v1/recipes", "/api/v1/recipes?size=2");
        requests.put("/api/v1/recipes/{recipe}/{run}", "/api/v1/recipes/weekly/r1");
        requests.put("/api/v1/recipes/{recipe}/{run}/logs/{step}", "/api/v1/recipes/weekly/r1/logs/a");

        // When
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> each : requests.entrySet()) {
            wrong.addAll(
                    check(schema(each.getKey(), "application/json"), fixture.text(each.getValue()), each.getKey()));
        }
        wrong.addAll(check(schema("/api/v1/events", "text/event-stream"), firstEvent(), "/api/v1/events"));
        HttpResponse<byte[]> file = fixture.get(run + "/files/VE_Correction_Delta_DYNO.csv");

        // Then
        assertThat(wrong).isEmpty();
        assertThat(file.body()).isEqualTo(Files.readAllBytes(first.folder().resolve("VE_Correction_Delta_DYNO.csv")));
        requests.put("/api/v1/events", "");
        requests.put("/api/v1/runs/{shop}/{run_id}/files/{file}", "");
        requests.put("/api/v1/sessions/{shop}/{session}/map/{file}", "");
        requests.put("/api/v1/rejected/{run_id}/log", "");
        requests.put("/api/v1/tables/{shop}/{run_id}/{id}/{file}", "");
        fixture.offers().forEach(act -> requests.put("/api/v1/acts/" + act, ""));
        requests.put("/api/v1/runs/{shop}/{run_id}/table", "");
        assertThat(((Map<?, ?>) description.get("paths")).keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(requests.keySet());
    }

    @Test
    void invalidRequests_haveTheDescribedStatus() throws Exception {
        // Given
        String run = "/api/v1/runs/local/" + first.runId();

        // When
        List<Integer> statuses = new ArrayList<>();
        for (String path : List.of(
                "/api/v1/runs?page=0",
                "/api/v1/runs?size=201",
                "/api/v1/runs?state=nonsense",
                run + "/compare?with=nothing",
                run + "/table?cylinder=left",
                run + "/table?cylinder=front&values=volts",
                run + "/table?cylinder=mean",
                run + "/table?cylinder=front&values=absolute",
                "/api/v1/runs/..%2F..%2Fetc/x",
                run + "/files/..%2Fmanifest.json",
                run + "/files/unlisted.txt",
                "/api/v1/runs/local/none",
                "/api/v1/none")) {
            statuses.add(fixture.get(path).statusCode());
        }

        // Then
        assertThat(statuses).containsExactly(400, 400, 400, 400, 400, 400, 400, 400, 404, 404, 404, 404, 404);
    }

    @Test
    void grids_haveTheCellsOfTheFiles() throws Exception {
        // Given
        List<String> lines = Files.readAllLines(first.folder().resolve("VE_Correction_Delta_DYNO.csv"));

        // When
        Map<?, ?> answer = (Map<?, ?>) Json.read(
                fixture.get("/api/v1/runs/local/" + first.runId() + "/grids").body());

        // Then
        Map<?, ?> delta = ((List<?>) answer.get("grids"))
                .stream()
                        .map(grid -> (Map<?, ?>) grid)
                        .filter(grid -> "delta".equals(grid.get("id")))
                        .findFirst()
                        .orElseThrow();
        List<String> written = new ArrayList<>();
        for (Object row : (List<?>) delta.get("rows")) {
            written.add(String.join(
                    ",", ((List<?>) row).stream().map(String::valueOf).toList()));
        }
        List<String> expected = lines.stream()
                .skip(1)
                .map(line -> line.substring(line.indexOf(',') + 1).replace("'", ""))
                .toList();
        assertThat(written).isEqualTo(expected);
        assertThat(delta.get("paste")).isEqualTo(Files.readString(first.folder().resolve("VE_Delta_PasteReady.txt")));
    }

    @Test
    void table_isThatOfTheFileOrAConversionOfIt() throws Exception {
        // Given
        String table = "/api/v1/runs/local/" + first.runId() + "/table?cylinder=front";

        // When
        String cells = fixture.text(table);
        String factors = fixture.text(table + "&values=factor&format=csv&weak=out");
        String pvv = fixture.text(table + "&format=pvv");

        // Then
        assertThat(cells).isEqualTo(Files.readString(first.folder().resolve("VE_Delta_Front_PasteReady.txt")));
        assertThat(factors)
                .startsWith("RPM,35,50,65,80,95\r\n")
                .contains(",1.0700")
                .doesNotContain("'");
        assertThat(pvv).contains("<PVV>", "VE correction front", "value=\"7.0");
    }

    private Map<?, ?> schema(String path, String type) {
        Object here = description.get("paths");
        for (String name : List.of(path, "get", "responses", "200", "content", type, "schema")) {
            here = ((Map<?, ?>) here).get(name);
        }
        return (Map<?, ?>) here;
    }

    private List<String> check(Map<?, ?> schema, String answer, String path) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.forEach((name, value) -> whole.put((String) name, value));
        whole.put("components", description.get("components"));
        String text = new String(Json.write(whole), StandardCharsets.UTF_8);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON)
                .validate(answer, InputFormat.JSON)
                .stream()
                .map(error -> path + ": " + error)
                .toList();
    }

    private String firstEvent() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(fixture.address("/api/v1/events")).build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null && !line.startsWith("data: ")) {
                line = reader.readLine();
            }
            assertThat(line).isNotNull();
            return line.substring("data: ".length());
        }
    }
}
