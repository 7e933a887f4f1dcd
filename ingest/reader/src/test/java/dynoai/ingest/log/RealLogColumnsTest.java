package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.json.Json;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real logs of many loggers, and logs made to lead the search astray, with the columns that must come out. */
class RealLogColumnsTest {
    private static final Path LOGS = Path.of("..", "..", "..", "shared", "samples", "real_logs");

    static List<Arguments> logs() throws IOException {
        List<Arguments> logs = new ArrayList<>();
        Path expected = LOGS.resolve("expected.json");
        if (Files.exists(expected)) {
            ((Map<?, ?>) Json.read(Files.readAllBytes(expected)))
                    .forEach((name, expectation) -> logs.add(Arguments.of(name, expectation)));
        } else {
            System.out.println("Skipped: the shared real logs are not next to this repository");
        }
        return logs;
    }

    @Test
    void realLogs_areFoundOrSkipped() throws IOException {
        assumeTrue(Files.isDirectory(LOGS), "the shared real logs are not next to this repository");
        assertThat(logs()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("logs")
    void realLog_isReadFromTheExpectedColumns(String name, Map<String, ?> expected) throws Exception {
        // Given
        Map<String, String> options = new LinkedHashMap<>();
        if (expected.get("options") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> options.put((String) key, value.toString()));
        }
        // When
        LogDescription description = describe(LOGS.resolve(name), AnalysisOptions.of(options));
        // Then
        assertThat(description == null).as("refused").isEqualTo("refused".equals(expected.get("outcome")));
        if (description != null && expected.get("columns") instanceof Map<?, ?> columns) {
            columns.forEach((channel, headers) -> assertThat(header(description, (String) channel))
                    .as((String) channel)
                    .isIn(headers instanceof List<?> several ? several : listOf(headers)));
        }
        if (description != null && expected.get("never") instanceof List<?> never) {
            assertThat(description.sources())
                    .noneMatch(source -> never.contains(source.header().strip()));
        }
    }

    private static List<?> listOf(Object header) {
        List<Object> headers = new ArrayList<>();
        headers.add(header);
        return headers;
    }

    /** Returns the header of the channel's first column, or null. */
    private static String header(LogDescription description, String channel) {
        return description.sources().stream()
                .filter(source ->
                        source.channel().key().equals(channel) && !source.role().equals("derived"))
                .map(source -> source.header().strip())
                .findFirst()
                .orElse(null);
    }

    private static LogDescription describe(Path log, AnalysisOptions options) throws IOException {
        try {
            return LogReader.plan(LogSource.of(log), options).description();
        } catch (LogRejectedException e) {
            return null;
        }
    }
}
