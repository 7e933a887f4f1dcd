package dynoai.app.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.app.console.CommandException;
import dynoai.intake.tls.TlsFiles;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedCertificateTest {
    @TempDir
    private Path folder;

    @Test
    void madeCertificate_isOfTheNames_andAnIntakeCanUseIt() throws Exception {
        // When
        SelfSignedCertificate made =
                SelfSignedCertificate.in(folder.resolve("tls"), List.of("intake.example.com", "10.0.0.5"));
        // Then
        new TlsFiles(made.certificate(), made.key(), Optional.empty()).check();
        try (InputStream in = Files.newInputStream(made.certificate())) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(certificate.getSubjectAlternativeNames())
                    .containsExactlyInAnyOrder(List.of(2, "intake.example.com"), List.of(7, "10.0.0.5"));
        }
        assertThat(folder.resolve("tls")).isDirectoryNotContaining("glob:**.p12");
    }

    @Test
    void existingCertificate_isKept() throws Exception {
        // Given
        byte[] first = Files.readAllBytes(
                SelfSignedCertificate.in(folder, List.of("localhost")).certificate());
        // When
        SelfSignedCertificate again = SelfSignedCertificate.in(folder, List.of("localhost"));
        // Then
        assertThat(again.certificate()).hasBinaryContent(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "a b", "-storepass", "ip:1.2.3.4", "ä"})
    void invalidName_isRejected(String name) {
        assertThatThrownBy(() -> SelfSignedCertificate.in(folder, List.of(name)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + name + "'");
    }
}
