package dynoai.intake.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {
    @TempDir
    private static Path folder;

    private static TestKeys keys;

    @BeforeAll
    static void createKeys() throws Exception {
        keys = new TestKeys(folder).server("rsa", "RSA").server("ec", "EC").server("other", "EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void keyAndCertificate_areRead(String alias) throws Exception {
        // When
        TlsFiles.Keys read = keys.files(alias).read();

        // Then
        assertThat(read.server().isKeyEntry("server")).isTrue();
        assertThat(read.notAfter()).isAfter("2026-01-01T00:00:00Z");
    }

    private static Stream<Arguments> unusableKeys() throws Exception {
        String key = Files.readString(keys.key("ec"));
        return Stream.of(
                Arguments.of("PKCS #1", key.replace("PRIVATE KEY", "RSA PRIVATE KEY"), "openssl pkcs8 -topk8"),
                Arguments.of("encrypted", key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "is encrypted"),
                Arguments.of(
                        "encrypted, older form",
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                        "is encrypted"),
                Arguments.of("none", "nothing\n", "has no private key"),
                Arguments.of("two", key + key, "has several private keys"),
                Arguments.of("damaged", TestKeys.pem("PRIVATE KEY", new byte[] {1, 2, 3}), "or is damaged"),
                Arguments.of("of another certificate", Files.readString(keys.key("other")), "is not the key of"),
                Arguments.of("of another algorithm", Files.readString(keys.key("rsa")), "is not the key of"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusableKeys")
    void unusableKey_isRejectedWithTheReason(String name, String text, String reason) throws Exception {
        // Given
        TlsFiles files = new TlsFiles(keys.certificate("ec"), keys.write("given.key", text), Optional.empty());

        // When, Then
        assertThatThrownBy(files::read)
                .as(name)
                .isInstanceOf(InvalidPemException.class)
                .hasMessageContaining("given.key")
                .hasMessageContaining(reason);
    }

    @Test
    void fileWithoutCertificate_isRejected() throws Exception {
        // Given
        TlsFiles files = new TlsFiles(keys.key("ec"), keys.key("ec"), Optional.empty());

        // When, Then
        assertThatThrownBy(files::read).hasMessageContaining("has no certificate");
    }
}
