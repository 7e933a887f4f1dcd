package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.sample.SampleProfile;
import dynoai.engine.session.Place;
import dynoai.engine.session.SessionMarks;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two bikes in the same cell, each with sessions of its own. */
class SessionsOfACellTest {
    private static final String CELL = "/api/v1/cells/north/bay-1";

    @TempDir
    private Path folder;

    private DashboardFixture fixture;
    private String first;
    private String second;
    private String other;

    @BeforeEach
    void createRunsOfTwoBikes() throws Exception {
        fixture = new DashboardFixture(folder);
        first = run("flhx", 1, "2026-03-01T09:00:00.000Z");
        second = run("flhx", 2, "2026-03-01T09:30:00.000Z");
        other = run("dyna", 3, "2026-03-01T10:00:00.000Z");
        fixture.awaitLines(3);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Makes a run folder as the pipeline does, which names the log by its place in the drop folder. */
    private String run(String bike, int seed, String started) throws Exception {
        Path made = fixture.run("made", "pull.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed))
                .folder();
        String log = folder.resolve("logs/pull.csv").toAbsolutePath().toString();
        Path manifest = made.resolve("manifest.json");
        String created = new JsonTree(Json.readObject(Files.readAllBytes(manifest)))
                .at("created_at")
                .text();
        String text = Files.readString(manifest)
                .replace('"' + log + '"', "\"north/bay-1/" + bike + "/pull.csv\"")
                .replace('"' + created + '"', '"' + started + '"');
        Files.writeString(manifest, text);
        Path north = Files.createDirectories(fixture.runs().resolve("north"));
        Files.move(made, north.resolve(made.getFileName()));
        return made.getFileName().toString();
    }

    private JsonTree get(String path) throws IOException, InterruptedException {
        return new JsonTree(Json.readObject(fixture.get(path).body()));
    }

    private static List<String> runs(JsonTree session) {
        return session.at("iterations").items().stream()
                .map(run -> run.at("run_id").text())
                .toList();
    }

    @Test
    void secondBike_hasItsOwnCoverage() throws Exception {
        // When
        JsonTree latest = get(CELL);
        JsonTree earlier = get(CELL + "?session=" + first);
        JsonTree bySession = get("/api/v1/sessions/north/" + second);
        // Then
        assertThat(latest.at("bike").text()).isEqualTo("dyna");
        assertThat(runs(latest)).containsExactly(other);
        assertThat(runs(earlier)).containsExactly(first, second);
        assertThat(bySession).isEqualTo(earlier);
        assertThat(earlier.at("session").text()).isEqualTo(first);
        assertThat(earlier.at("to_ride").items().size())
                .isLessThanOrEqualTo(latest.at("to_ride").items().size());
        assertThat(latest.at("sessions").items()).hasSize(2);
        assertThat(fixture.get(CELL + "?session=none").statusCode()).isEqualTo(404);
    }

    @Test
    void newSession_beginsWithoutARun() throws Exception {
        // When
        var begun = fixture.act("new-session", "{\"shop\":\"north\",\"cell\":\"bay-1\",\"bike\":\"flhx\"}");
        // Then
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(begun.body()).contains("dynoai session new north/bay-1/flhx --runs ");
        JsonTree latest = get(CELL);
        assertThat(latest.at("bike").text()).isEqualTo("flhx");
        assertThat(latest.at("runs").whole()).isZero();
        assertThat(latest.at("ride_otherwise").text()).startsWith("No cell has a sample");
        assertThat(get(CELL + "?session=" + second).at("current").flag()).isFalse();
    }

    @Test
    void appliedRun_isMarkedInItsSession() throws Exception {
        // When
        fixture.act("applied", "{\"shop\":\"north\",\"run_id\":\"" + first + "\"}");
        // Then
        List<JsonTree> steps = get(CELL + "?session=" + first).at("iterations").items();
        assertThat(steps.get(0).at("applied_ms").whole()).isPositive();
        assertThat(steps.get(1).at("applied_ms").value()).isNull();
        fixture.act("applied", "{\"shop\":\"north\",\"run_id\":\"" + first + "\",\"undo\":true}");
        assertThat(get(CELL + "?session=" + first)
                        .at("iterations")
                        .items()
                        .get(0)
                        .at("applied_ms")
                        .value())
                .isNull();
        assertThat(fixture.act("applied", "{\"shop\":\"north\",\"run_id\":\"none\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void map_isMadeAndDownloaded_andSaysWhenItIsOutdated() throws Exception {
        // Given
        String address = "/api/v1/sessions/north/" + second + "/map";
        int before = fixture.get(address).statusCode();
        // When
        var made = fixture.act("session-map", "{\"shop\":\"north\",\"session\":\"" + second + "\"}");
        // Then
        assertThat(before).isEqualTo(404);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        JsonTree map = get(address);
        assertThat(map.at("outdated").flag()).isFalse();
        assertThat(map.at("runs").value()).isEqualTo(List.of(first, second));
        assertThat(fixture.text(address + "/VE_Correction_Delta_Front.csv")).startsWith("RPM,35,");
        assertThat(fixture.get(address + "/marks.jsonl").statusCode()).isEqualTo(404);
        SessionMarks.begin(
                fixture.runs().resolve("north"),
                new Place("north", "bay-1", "flhx"),
                Instant.parse("2026-03-01T09:15:00Z"));
        assertThat(get("/api/v1/sessions/north/" + first + "/map")
                        .at("outdated")
                        .flag())
                .isTrue();
    }
}
