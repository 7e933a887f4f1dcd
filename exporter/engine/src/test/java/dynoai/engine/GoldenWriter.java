package dynoai.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.schemas.log.LogRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes the results of a run as the expectation of a case, if a flag requests it and never in CI. */
final class GoldenWriter {
    /** Text and pages, which change with their wording or the version; the facts have their numbers. */
    private static final Set<String> DOCUMENTS = Set.of(
            "data.csv",
            "Anomaly_Hypotheses.json",
            "Diagnostics_Report.txt",
            "report.html",
            "VE_Front_Updated_meta.json",
            "VE_Rear_Updated_meta.json");

    private GoldenWriter() {}

    /** Whether {@code -Dgolden.write=true} is set; an error in CI, which must compare. */
    static boolean isRequested() {
        boolean asked = Boolean.getBoolean("golden.write");
        if (asked && System.getenv("CI") != null) {
            throw new IllegalStateException(
                    "golden.write is not for CI: a build that rewrites its goldens proves nothing");
        }
        return asked;
    }

    /** Returns the files of a run that an expectation must have. */
    static Set<String> files(Path run) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(run)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !DOCUMENTS.contains(name) && !name.endsWith("manifest.json"))
                    .forEach(names::add);
        }
        return names;
    }

    static void write(ExpectedRun expected, Path run) throws IOException {
        clear(expected.folder());
        for (String file : files(run)) {
            Files.copy(run.resolve(file), expected.folder().resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        writeFacts(expected, facts(run));
    }

    static void writeRejection(ExpectedRun expected, LogRejectedException refused) throws IOException {
        clear(expected.folder());
        writeFacts(
                expected,
                new ObjectMapper()
                        .createObjectNode()
                        .put("refused", refused.rejection().code().title()));
    }

    private static void clear(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static void writeFacts(ExpectedRun expected, ObjectNode facts) throws IOException {
        String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts);
        Files.writeString(expected.folder().resolve(ExpectedRun.FACTS), text.replace("\r\n", "\n") + "\n");
    }

    private static ObjectNode facts(Path run) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode manifest = mapper.readTree(run.resolve("manifest.json").toFile());
        ObjectNode facts = mapper.createObjectNode();
        facts.set("format", manifest.at("/input/format"));
        facts.set("rows", manifest.at("/stats/rows_read"));
        facts.set("unreadable", manifest.at("/stats/rows_unreadable"));
        for (String cylinder : List.of("front", "rear")) {
            ObjectNode counters = ((ObjectNode) manifest.at("/diagnostics/" + cylinder)).deepCopy();
            facts.set("mad_" + cylinder, counters.remove("per_bin_stats").get("mad"));
            facts.set(cylinder, counters);
        }
        ArrayNode anomalies = facts.putArray("anomalies");
        mapper.readTree(run.resolve("Anomaly_Hypotheses.json").toFile())
                .get("anomalies")
                .forEach(anomaly -> anomalies.add(
                        ((ObjectNode) anomaly).deepCopy().retain("type", "score", "cell", "cells", "band")));
        return facts;
    }
}
