package dynoai.automation.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.engine.Determinism;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pages about runs, from their manifests and grids. */
final class RunPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunPages() {}

    static HtmlPage summary(Path run) throws IOException {
        JsonNode manifest = manifest(run);
        HtmlPage page = new HtmlPage("Run " + manifest.path("run_id").asText());
        page.text((manifest.path("ok").asBoolean() ? "Succeeded. " : "Failed. ")
                + manifest.path("message").asText());
        page.table(List.of("", ""), facts(manifest));
        for (String table : new String[] {
            "VE_Correction_Delta_DYNO.csv", "VE_Correction_Delta_Front.csv", "VE_Correction_Delta_Rear.csv"
        }) {
            if (Files.isRegularFile(run.resolve(table))) {
                page.text(table);
                grid(Files.readString(run.resolve(table), StandardCharsets.UTF_8), page);
            }
        }
        return page;
    }

    private static List<List<String>> facts(JsonNode manifest) {
        return Stream.of(
                        "/created_at",
                        "/input/path",
                        "/input/sha256",
                        "/input/format",
                        "/input/rows",
                        "/math_version",
                        "/args/clamp",
                        "/stats/rows_read",
                        "/stats/bins_covered",
                        "/stats/front_accepted",
                        "/stats/rear_accepted",
                        "/fingerprint")
                .map(field -> List.of(
                        field.substring(1).replace('/', ' '), manifest.at(field).asText()))
                .collect(Collectors.toList());
    }

    private static void grid(String csv, HtmlPage page) {
        List<List<String>> rows = new ArrayList<>();
        csv.lines().forEach(line -> {
            List<String> cells = new ArrayList<>();
            for (String cell : line.split(",", -1)) {
                cells.add(cell.startsWith("'") ? cell.substring(1) : cell);
            }
            rows.add(cells);
        });
        if (!rows.isEmpty()) {
            page.table(rows.get(0), rows.subList(1, rows.size()));
        }
    }

    /** The runs at or below a folder that were made between two days, both included. */
    static List<Path> between(Path runs, LocalDate from, LocalDate to) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path run : Determinism.runsIn(runs)) {
            String created = manifest(run).path("created_at").asText();
            try {
                LocalDate day = LocalDate.parse(created.substring(0, Math.min(10, created.length())));
                if (!day.isBefore(from) && !day.isAfter(to)) {
                    found.add(run);
                }
            } catch (DateTimeParseException undated) {
                throw new IOException(run + " has a manifest without a day: created_at is '" + created + "'", undated);
            }
        }
        return found;
    }

    static HtmlPage report(List<Path> runs) throws IOException {
        HtmlPage page = new HtmlPage("Runs");
        page.text(runs.size() + (runs.size() == 1 ? " run" : " runs"));
        List<List<String>> rows = new ArrayList<>();
        for (Path run : runs) {
            JsonNode manifest = manifest(run);
            rows.add(List.of(
                    manifest.path("created_at").asText(),
                    manifest.path("run_id").asText(),
                    manifest.at("/input/path").asText(),
                    manifest.path("ok").asBoolean() ? "ok" : "failed",
                    manifest.at("/stats/front_accepted").asText(),
                    manifest.at("/stats/rear_accepted").asText(),
                    manifest.path("message").asText()));
        }
        page.table(List.of("Created", "Run", "Log", "", "Front accepted", "Rear accepted", "Message"), rows);
        return page;
    }

    private static JsonNode manifest(Path run) throws IOException {
        return JSON.readTree(run.resolve("manifest.json").toFile());
    }
}
