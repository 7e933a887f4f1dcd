package dynoai.engine;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.json.Json;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Analyses the shared real logs and probes: outcome, columns, units, counts and messages are as expected there. */
@Tag("long")
class RealLogsTest {
    private static final Path LOGS = Path.of("..", "..", "..", "shared", "samples", "real_logs");
    private static final String EXPECTED = "expected.json";
    private static final double TOLERANCE = 0.5;

    @TempDir
    Path work;

    /**
     * What an analysis made of a log.
     *
     * @param analysis null if the log was rejected
     * @param text everything that a user reads about it
     */
    private record Answer(String outcome, @Nullable AnalysisResult analysis, String text) {}

    @TestFactory
    List<DynamicTest> sharedRealLogs() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        if (!Files.isRegularFile(LOGS.resolve(EXPECTED))) {
            System.out.println("Skipped: the shared real logs are not available");
            return tests;
        }
        Json.readObject(Files.readAllBytes(LOGS.resolve(EXPECTED)))
                .forEach((log, expected) -> tests.add(DynamicTest.dynamicTest(
                        log, () -> realLog_isReadAsExpected(log, (Map<?, ?>) expected))));
        return tests;
    }

    private void realLog_isReadAsExpected(String log, Map<?, ?> expected) throws Exception {
        // Given
        AnalysisOptions options = options(expected);
        // When
        Answer answer = answer(LOGS.resolve(log), options);
        // Then
        SoftAssertions softly = new SoftAssertions();
        if (expected.get("outcome") != null) {
            softly.assertThat(answer.outcome).as(answer.text).isEqualTo(expected.get("outcome"));
        }
        for (Object words : list(expected, "says")) {
            softly.assertThat(lower(answer.text)).contains(lower(words));
        }
        for (Object words : list(expected, "says_not")) {
            softly.assertThat(lower(answer.text)).doesNotContain(lower(words));
        }
        if (answer.analysis != null) {
            checkColumns(softly, answer.analysis.description(), expected);
            checkResult(softly, LOGS.resolve(log), options, answer.analysis, expected);
        }
        softly.assertAll();
    }

    private static AnalysisOptions options(Map<?, ?> expected) throws Exception {
        Map<String, String> given = new TreeMap<>();
        map(expected, "options").forEach((key, value) -> given.put((String) key, String.valueOf(value)));
        return AnalysisOptions.of(given);
    }

    private Answer answer(Path log, AnalysisOptions options) throws Exception {
        Path run = work.resolve(log.getFileName().toString());
        PublishedRun published;
        try {
            published = BatchAnalysis.ofSystemTime()
                    .analyze(new RunRequest(log, options, RunTarget.exactly(run), 1), bytes -> {});
        } catch (LogRejectedException e) {
            return new Answer("refused", null, e.getMessage() + "\n" + e.rejection());
        }
        AnalysisResult analysis = published.analysis();
        boolean accepted = Stream.of(Cylinder.values())
                .anyMatch(cylinder -> analysis.grids().of(cylinder).accepted() > 0);
        String text = Files.readString(run.resolve("Diagnostics_Report.txt"))
                + Files.readString(run.resolve("report.html"))
                + analysis.diagnostics().message();
        return new Answer(accepted ? "map" : "empty", analysis, text);
    }

    private static void checkColumns(SoftAssertions softly, LogDescription description, Map<?, ?> expected) {
        map(expected, "columns").forEach((key, header) -> {
            List<String> headers = headers(description, Channel.ofKey((String) key));
            if (header == null) {
                softly.assertThat(headers).as((String) key).isEmpty();
            } else {
                List<?> any = header instanceof List<?> several ? several : List.of(header);
                softly.assertThat(headers).as((String) key).isNotEmpty();
                softly.assertThat(headers.stream().limit(1)).as((String) key).isSubsetOf(strings(any));
            }
        });
        for (Object never : list(expected, "never")) {
            softly.assertThat(description.sources())
                    .extracting(source -> source.header().trim())
                    .doesNotContain((String) never);
        }
        for (Object header : list(expected, "converted")) {
            softly.assertThat(description.conversions()).anyMatch(words -> words.contains((String) header));
        }
    }

    /** Returns the headers that serve a channel, the first one first; the front's if one wideband serves both cylinders. */
    private static List<String> headers(LogDescription description, Channel channel) {
        List<String> headers = description.sources().stream()
                .filter(source -> source.channel() == channel)
                .map(source -> source.header().trim())
                .filter(header -> !header.isEmpty())
                .toList();
        boolean likeFront = channel == Channel.MEASURED_AFR_REAR && description.oneWidebandForBoth();
        return headers.isEmpty() && likeFront ? headers(description, Channel.MEASURED_AFR_FRONT) : headers;
    }

    private static void checkResult(
            SoftAssertions softly, Path log, AnalysisOptions options, AnalysisResult analysis, Map<?, ?> expected)
            throws Exception {
        map(expected, "accepted")
                .forEach((cylinder, count) -> softly.assertThat(analysis.grids()
                                .of(cylinder.equals("front") ? Cylinder.FRONT : Cylinder.REAR)
                                .accepted())
                        .as("rows accepted, " + cylinder)
                        .isGreaterThanOrEqualTo(((Number) count).longValue()));
        if (expected.get("weighting") != null) {
            softly.assertThat(analysis.weighting()).isEqualTo(expected.get("weighting"));
        }
        for (Object type : list(expected, "no_anomaly")) {
            softly.assertThat(analysis.diagnostics().anomalies())
                    .extracting(anomaly -> anomaly.type().key())
                    .doesNotContain((String) type);
        }
        checkValue(softly, values(log, options, Channel.MAP_KPA), expected, "kpa");
        checkValue(softly, values(log, options, Channel.TORQUE_FTLB), expected, "torque_top");
    }

    private static void checkValue(SoftAssertions softly, List<Double> values, Map<?, ?> expected, String key) {
        if (expected.get(key) instanceof Number wanted) {
            double tolerance =
                    expected.get(key + "_tolerance") instanceof Number given ? given.doubleValue() : TOLERANCE;
            softly.assertThat(values)
                    .as(key + " " + wanted)
                    .anyMatch(value -> Math.abs(value - wanted.doubleValue()) <= tolerance);
        }
    }

    private static List<Double> values(Path log, AnalysisOptions options, Channel channel) throws Exception {
        List<Double> values = new ArrayList<>();
        LogSource source = LogSource.of(log);
        LogReader.readValues(source, LogReader.plan(source, options), 1, null, block -> {
            double[] column = block.values(channel);
            for (int i = 0; column != null && i < block.count(); i++) {
                values.add(column[i]);
            }
        });
        return values;
    }

    private static Map<?, ?> map(Map<?, ?> expected, String key) {
        return expected.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(Map<?, ?> expected, String key) {
        return expected.get(key) instanceof List<?> list ? list : List.of();
    }

    private static List<String> strings(List<?> texts) {
        return texts.stream().map(String::valueOf).toList();
    }

    private static String lower(Object text) {
        return String.valueOf(text).toLowerCase(Locale.ROOT);
    }
}
