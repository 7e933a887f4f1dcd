package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sample log of each kind of logger, with the columns that must come out in the file {@code .expected} next to it. */
class LoggersTest {
    private static final Path LOGGERS = Path.of("src/test/resources/dynoai/ingest/log/loggers");

    static List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(LOGGERS)) {
            return files.filter(file -> !file.toString().endsWith(".expected"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void sampleLog_isReadFromTheExpectedColumns(Path log) throws Exception {
        // Given
        String name = log.getFileName().toString().replaceFirst("\\.[a-z]+$", ".expected");
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(log.resolveSibling(name))) {
            expected.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        // When
        LogDescription description =
                LogReader.plan(LogSource.of(log), AnalysisOptions.defaults()).description();
        // Then
        Map<String, String> found =
                new TreeMap<>(Map.of("format", description.format().key()));
        description
                .sources()
                .forEach(source -> found.putIfAbsent(source.channel().key(), source.header()));
        assertThat(found).isEqualTo(expected);
    }
}
