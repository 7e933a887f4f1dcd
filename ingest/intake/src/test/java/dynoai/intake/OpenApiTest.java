package dynoai.intake;

import static dynoai.intake.IntakeFixture.LOG;
import static dynoai.intake.IntakeFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dynoai.schemas.json.Json;
import dynoai.schemas.record.RunKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the description of the protocol with real replies. */
class OpenApiTest {
    @TempDir
    private Path folder;

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> called = new LinkedHashSet<>();
    private IntakeFixture intake;
    private Map<?, ?> description;

    @BeforeEach
    void start() throws Exception {
        intake = new IntakeFixture(folder);
        description = (Map<?, ?>) Json.read(intake.get("/v1/openapi.json", "").body());
        intake.post("name=a.csv&run_id=done-1", TOKEN, LOG);
        intake.finish(new RunKey("shop-a", "done-1"));
        intake.post("name=b.csv&run_id=rejected-1", TOKEN, LOG);
        intake.reject(new RunKey("shop-a", "rejected-1"));
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    @Test
    void everyReply_isAsDescribed() throws Exception {
        // When
        call("OPTIONS", "/v1/uploads", "");
        compare("POST", "/v1/uploads", intake.create("run-1", TOKEN));
        compare("HEAD", "/v1/uploads/{run_id}", intake.head("run-1", TOKEN));
        compare("PATCH", "/v1/uploads/{run_id}", intake.patch("run-1", TOKEN, 0, LOG.substring(0, 9)));
        compare("PATCH", "/v1/uploads/{run_id}", intake.patch("run-1", TOKEN, 3, LOG));
        compare("PATCH", "/v1/uploads/{run_id}", intake.patch("run-1", TOKEN, 9, LOG));
        call("DELETE", "/v1/uploads/{run_id}", "");
        compare("POST", "/v1/uploads", intake.create("..", TOKEN));
        compare("POST", "/v1/logs", intake.post("name=c.csv&run_id=waiting-1", TOKEN, LOG));
        compare("POST", "/v1/logs", intake.post("name=c.exe", TOKEN, LOG));
        compare("POST", "/v1/logs", intake.post("name=d.csv&run_id=waiting-1", TOKEN, LOG));
        for (String run : List.of("done-1", "rejected-1", "waiting-1", "none-1")) {
            compare("GET", "/v1/runs/{run_id}", intake.get("/v1/runs/" + run, TOKEN));
        }
        compare("GET", "/v1/runs/{run_id}", intake.get("/v1/runs/done-1?wait=99", TOKEN));
        call("POST", "/v1/runs/ended", "{\"runs\":[\"done-1\",\"none-1\"],\"wait\":1}");
        call("POST", "/v1/runs/ended", "[]");
        compare("GET", "/v1/runs/{run_id}/bundle", intake.get("/v1/runs/done-1/bundle", TOKEN));
        compare("GET", "/v1/runs/{run_id}/bundle", intake.get("/v1/runs/rejected-1/bundle", TOKEN));
        compare("GET", "/v1/runs/{run_id}/files/{path}", intake.get("/v1/runs/done-1/files/Table.csv", TOKEN));
        compare("GET", "/v1/runs/{run_id}/files/{path}", intake.get("/v1/runs/done-1/files/none", TOKEN));
        call("PUT", "/v1/agents/{name}", "{\"version\":\"1\"}");
        for (String open : List.of("/v1/health/live", "/v1/health/ready", "/v1/openapi.json")) {
            compare("GET", open, intake.get(open, ""));
        }
        intake.notReady = "no Kafka";
        compare("GET", "/v1/health/ready", intake.get("/v1/health/ready", ""));

        // Then
        assertThat(wrong).isEmpty();
        assertThat(called).containsExactlyInAnyOrderElementsOf(described());
    }

    private Set<String> described() {
        Set<String> all = new TreeSet<>();
        ((Map<?, ?>) description.get("paths"))
                .forEach((path, methods) ->
                        ((Map<?, ?>) methods).keySet().forEach(method -> all.add(method + " " + path)));
        return all;
    }

    /** Sends a request without and with a credential. */
    private void call(String method, String path, String body) throws Exception {
        String target = path.replace("{run_id}", "run-1").replace("{name}", "dyno-pc");
        for (String token : List.of("", TOKEN)) {
            compare(
                    method,
                    path,
                    intake.send(intake.request(target, token)
                            .method(method, body.isEmpty() ? IntakeFixture.body("") : IntakeFixture.body(body))));
        }
    }

    private void compare(String method, String path, HttpResponse<byte[]> response) {
        String name = method.toLowerCase(Locale.ROOT) + " " + path;
        called.add(name);
        Map<?, ?> operation = (Map<?, ?>) at(description, "paths", path, method.toLowerCase(Locale.ROOT));
        Map<?, ?> responses = (Map<?, ?>) operation.get("responses");
        Map<?, ?> described = (Map<?, ?>) responses.get(Integer.toString(response.statusCode()));
        String reply = name + " " + response.statusCode();
        if (described == null) {
            wrong.add(reply + " is not described");
            return;
        }
        if (at(described, "headers") instanceof Map<?, ?> headers) {
            headers.keySet().stream()
                    .filter(header -> !header.equals("Location") || response.statusCode() == 201)
                    .filter(header ->
                            response.headers().firstValue((String) header).isEmpty())
                    .forEach(header -> wrong.add(reply + " has no " + header));
        }
        if (at(described, "content", "application/json", "schema") instanceof Map<?, ?> schema) {
            wrong.addAll(check(schema, new String(response.body(), StandardCharsets.UTF_8), reply));
        }
    }

    private static @Nullable Object at(Map<?, ?> from, String... names) {
        Object here = from;
        for (String name : names) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here;
    }

    private List<String> check(Map<?, ?> schema, String reply, String name) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.forEach((key, value) -> whole.put((String) key, value));
        whole.put("components", description.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new String(Json.write(whole), StandardCharsets.UTF_8), InputFormat.JSON)
                .validate(reply, InputFormat.JSON)
                .stream()
                .map(error -> name + ": " + error)
                .toList();
    }
}
