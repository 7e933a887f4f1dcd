package dynoai.intake.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.ExchangeListener;
import dynoai.intake.http.HttpLimits;
import dynoai.intake.http.HttpServer;
import dynoai.schemas.stage.StageEvents;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReloadTest {
    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private TestKeys keys;
    private TlsFiles files;
    private TlsReload reload;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        keys = new TestKeys(folder.resolve("keys")).server("first", "EC").server("second", "RSA");
        files = new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), Optional.empty());
        use("first", "first");
        SslContextFactory.Server tls = files.open();
        reload = new TlsReload(files, tls, new StageEvents() {
            @Override
            public void warning(String where, String message) {
                warnings.add(message);
            }
        });
        server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(tls),
                HttpLimits.DEFAULT,
                List.of(),
                exchange -> {
                    throw new IllegalStateException();
                },
                new ExchangeListener() {
                    @Override
                    public void replied(Exchange exchange, int status, Optional<ErrorCode> code) {}

                    @Override
                    public void failed(Exchange exchange, Throwable cause) {}
                });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void unchangedFiles_areNotReadAgain() {
        // When
        boolean reloaded = reload.look() || reload.look();

        // Then
        assertThat(reloaded).isFalse();
    }

    @Test
    void newFiles_areUsedByTheNextConnection() throws Exception {
        // Given
        String before = served("first");
        use("second", "second");

        // When
        List<Boolean> looks = List.of(reload.look(), reload.look());

        // Then
        assertThat(looks)
                .as("files that have just changed may still be written")
                .containsExactly(false, true);
        assertThat(before).isEqualTo("CN=first");
        assertThat(served("second")).isEqualTo("CN=second");
        assertThat(warnings).isEmpty();
    }

    @Test
    void brokenFiles_leaveThePreviousInUse() throws Exception {
        // Given
        use("second", "first");

        // When
        List<Boolean> looks = List.of(reload.look(), reload.look(), reload.look());

        // Then
        assertThat(looks).containsOnly(false);
        assertThat(served("first")).isEqualTo("CN=first");
        assertThat(warnings)
                .as("once")
                .singleElement()
                .asString()
                .contains("previous certificate stays in use", "is not the key of");
    }

    private void use(String certificate, String key) throws Exception {
        Files.copy(keys.certificate(certificate), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(keys.key(key), files.key(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the name in the certificate that a new connection gets. */
    private String served(String trusted) throws Exception {
        try (SSLSocket socket = (SSLSocket)
                keys.client(trusted).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.startHandshake();
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }
}
