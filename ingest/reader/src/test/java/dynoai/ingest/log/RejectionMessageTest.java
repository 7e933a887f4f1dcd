package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a rejection says about missing columns. */
class RejectionMessageTest {
    @Test
    void missingPart_comesFirstThenWhatLooksLikeIt() throws Exception {
        // When
        String message = rejection("Time,RPM,Boost (psi),AFR\n0,3000,1,13\n").message();
        // Then
        assertThat(message)
                .startsWith("log.csv: missing columns: no column for manifold pressure. "
                        + "Not taken for manifold pressure: 'Boost (psi)' (it has the word 'boost'")
                .contains("Found: time in 'Time', rpm in 'RPM'", "4 columns: 'Time', 'RPM', 'Boost (psi)', 'AFR'")
                .contains("Accepted: for manifold pressure a header that contains map, kpa")
                .contains("as absolute pressure")
                .doesNotContain("engine speed", "--column");
    }

    @Test
    void columnThatMayBeRight_canBeNamed() throws Exception {
        // When
        Rejection rejection = rejection("Time,RPM,Widget pressure\n0,3000,80\n");
        // Then
        assertThat(rejection.hint()).contains("--column kpa=\"HEADER\"");
    }

    @Test
    void manyColumns_areListedInPart() throws Exception {
        // Given
        StringBuilder header = new StringBuilder("RPM");
        StringBuilder row = new StringBuilder("3000");
        for (int i = 0; i < 1000; i++) {
            header.append(",Channel ").append(i);
            row.append(",1");
        }
        // When
        String message = rejection(header + "\n" + row + "\n").message();
        // Then
        assertThat(message)
                .contains("1001 columns: 'RPM', 'Channel 0'", " more.")
                .hasSizeLessThan(2000);
    }

    @Test
    void logThatCannotBeAnalysed_hasAPlanWithItsChannels() throws Exception {
        // When
        LogPlan plan = examine("Time,RPM,AFR\n0,3000,13\n");
        // Then
        assertThat(plan.rejection()).isPresent();
        assertThat(plan.description().sources())
                .anyMatch(source -> source.header().equals("RPM"));
    }

    private static Rejection rejection(String log) throws Exception {
        return examine(log).rejection().orElseThrow();
    }

    private static LogPlan examine(String log) throws Exception {
        return LogReader.examine(
                LogSource.of("log.csv", log.getBytes(StandardCharsets.UTF_8)), AnalysisOptions.of(Map.of()));
    }
}
