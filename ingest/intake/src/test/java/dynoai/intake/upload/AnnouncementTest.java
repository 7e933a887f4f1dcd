package dynoai.intake.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.RequestException;
import dynoai.schemas.run.RunId;
import dynoai.schemas.upload.Upload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
    private static final String HASH = "AB".repeat(32);

    @Test
    void metadata_isRead() throws Exception {
        // When
        Upload upload = Announcement.ofMetadata(
                "shop-a",
                pair("filename", "pull 1.csv") + "," + pair("sha256", HASH) + "," + pair("run_id", "run-1") + ", "
                        + pair("cell", "c2") + "," + pair("bike", "fxr") + ",force,"
                        + pair("options", "map_unit: inhg\nclamp: 5\nvehicle: softail\n"),
                99,
                NOW);

        // Then
        assertThat(upload.run()).hasToString("shop-a/run-1");
        assertThat(upload.name()).isEqualTo("pull 1.csv");
        assertThat(upload.sha256()).isEqualTo("ab".repeat(32));
        assertThat(upload.cell()).isEqualTo("c2");
        assertThat(upload.bike()).as("options count more").isEqualTo("softail");
        assertThat(upload.force()).isTrue();
        assertThat(upload.options()).containsEntry("map_unit", "inhg").containsKey("math_version");
    }

    @Test
    void query_isReadWithItsOptions() throws Exception {
        // When
        Upload upload = Announcement.ofQuery("shop-a", Map.of("name", "a.csv", "map_unit", "inhg"), HASH, 99, NOW);

        // Then
        assertThat(upload.options()).containsEntry("map_unit", "inhg");
        assertThat(upload.cell()).isEqualTo("default");
        assertThat(RunId.isValid(upload.run().runId())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename | ../../etc/passwd.csv | INVALID_NAME",
                "filename | a/b.csv              | INVALID_NAME",
                "filename | a.exe                | INVALID_NAME",
                "filename | nul.csv              | INVALID_NAME",
                "filename | .hidden.csv          | INVALID_NAME",
                "filename | ``                   | INVALID_REQUEST",
                "sha256   | 12                   | INVALID_REQUEST",
                "run_id   | ../x                 | INVALID_NAME",
                "run_id   | .x                   | INVALID_NAME",
                "cell     | a b                  | INVALID_NAME",
                "bike     | a/b                  | INVALID_NAME",
                "force    | perhaps              | INVALID_REQUEST",
                "options  | map_unt: inhg        | INVALID_OPTION",
                "options  | base_front: a.csv    | INVALID_OPTION",
                "options  | map_unit: parsec     | INVALID_OPTION",
                "options  | [1, 2]               | INVALID_OPTION",
                "options  | a: b: c              | INVALID_OPTION",
                "options  | vehicle: a/b         | INVALID_NAME",
                "colour   | red                  | INVALID_REQUEST",
            })
    void invalidField_isRejected(String key, String value, ErrorCode code) {
        // Given
        String valid = pair("filename", "a.csv") + "," + pair("sha256", HASH);

        // When
        RequestException e = catchThrowableOfType(
                RequestException.class,
                () -> Announcement.ofMetadata("shop-a", valid + "," + pair(key, value), 99, NOW));

        // Then
        assertThat(e.code()).isEqualTo(code);
    }

    @Test
    void unknownOption_hasASuggestion() {
        // When
        RequestException e = catchThrowableOfType(
                RequestException.class,
                () -> Announcement.ofQuery("shop-a", Map.of("name", "a.csv", "map_unt", "inhg"), HASH, 9, NOW));

        // Then
        assertThat(e.hint()).isEqualTo("did you mean map_unit?");
    }

    private static String pair(String key, String value) {
        return key + " " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
