package dynoai.schemas.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureCodeTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "failure-codes.md");

    @Test
    void everyCode_isDocumentedWithWhatItEndsAndWhetherItIsResent() throws IOException {
        // Given
        List<String> codes =
                Arrays.stream(FailureCode.values()).map(FailureCodeTest::row).toList();

        // When
        List<String> documented = documentedRows();

        // Then
        assertThat(documented).containsExactlyElementsOf(codes);
    }

    @Test
    void nameBefore11_isReadAsTheCurrentCode() {
        // When
        FailureCode code = FailureCode.ofName("OPTIONS_REFUSED");

        // Then
        assertThat(code).isEqualTo(FailureCode.OPTION_REFUSED);
    }

    @Test
    void unknownName_isReadAsOther() {
        // When
        FailureCode code = FailureCode.ofName("LATER_CODE");

        // Then
        assertThat(code).isEqualTo(FailureCode.OTHER);
    }

    private static String row(FailureCode code) {
        String ends = String.join(
                ", ",
                Stream.of(code.rejectsLog() ? "log" : "", code.failsRun() ? "run" : "")
                        .filter(word -> !word.isEmpty())
                        .toList());
        return "| `" + code + "` | " + ends + " | " + (code.isRetryable() ? "yes" : "no");
    }

    private static List<String> documentedRows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.lastIndexOf(" | ")))
                .toList();
    }
}
