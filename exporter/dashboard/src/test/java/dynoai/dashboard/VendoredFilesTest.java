package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of others are as published; the README names their versions. */
class VendoredFilesTest {
    @ParameterizedTest
    @CsvSource({
        "dynoai/dashboard/web/uPlot.iife.min.js, 19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
        "dynoai/dashboard/web/uPlot.min.css, df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
        "META-INF/LICENSE-uPlot.txt, 8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd"
    })
    void file_isAsPublished(String name, String sha256) throws IOException {
        // When
        try (InputStream in = Objects.requireNonNull(Dashboard.class.getResourceAsStream('/' + name))) {
            // Then
            assertThat(Sha256.hex(in.readAllBytes())).isEqualTo(sha256);
        }
    }
}
