package dynoai.intake;

import static dynoai.intake.IntakeFixture.LOG;
import static dynoai.intake.IntakeFixture.OTHER;
import static dynoai.intake.IntakeFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TestKeys;
import dynoai.intake.tls.TlsFiles;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shops that prove who they are by a certificate. */
class ClientCertificatesTest {
    @TempDir
    private static Path keyFolder;

    private static TestKeys keys;
    private static TlsFiles files;

    @TempDir
    private Path folder;

    @BeforeAll
    static void createKeys() throws Exception {
        keys = new TestKeys(keyFolder)
                .server("intake", "EC")
                .create("shop-a", "EC", "SAN=uri:dynoai:shop/shop-a")
                .create("nameless", "EC")
                .create("stranger", "EC", "SAN=uri:dynoai:shop/shop-a");
        Path trusted = keyFolder.resolve("clients.crt");
        Files.writeString(
                trusted, Files.readString(keys.certificate("shop-a")) + Files.readString(keys.certificate("nameless")));
        files = new TlsFiles(keys.certificate("intake"), keys.key("intake"), Optional.of(trusted));
    }

    private IntakeFixture intake(HttpClient client) throws IOException {
        return new IntakeFixture(folder, HttpLimits.DEFAULT, Optional.of(files), client);
    }

    private static HttpClient client(String own) throws Exception {
        return HttpClient.newBuilder().sslContext(keys.client("intake", own)).build();
    }

    @Test
    void certificateOfAShop_isACredential() throws Exception {
        try (IntakeFixture intake = intake(client("shop-a"))) {
            // When
            int status = intake.post("name=pull.csv", "", LOG).statusCode();

            // Then
            assertThat(status).isEqualTo(201);
            assertThat(intake.accepted.get(0).shop()).isEqualTo("shop-a");
            assertThat(intake.audit.get(0)).contains("\"credential\":\"certificate-");
        }
    }

    @Test
    void tokenOfAnotherShop_contradictsTheCertificate() throws Exception {
        try (IntakeFixture intake = intake(client("shop-a"))) {
            // When
            int own = intake.post("name=pull.csv", TOKEN, LOG).statusCode();
            int other = intake.post("name=pull.csv", OTHER, LOG).statusCode();

            // Then
            assertThat(own).isEqualTo(201);
            assertThat(other).isEqualTo(401);
        }
    }

    @Test
    void certificateWithoutAShop_needsAToken() throws Exception {
        try (IntakeFixture intake = intake(client("nameless"))) {
            // When
            int without = intake.post("name=pull.csv", "", LOG).statusCode();
            int with = intake.post("name=pull.csv", TOKEN, LOG).statusCode();

            // Then
            assertThat(without).isEqualTo(401);
            assertThat(with).isEqualTo(201);
        }
    }

    @Test
    void certificateIssuedBeforeTheRevocation_isNoCredential_onAnOpenConnectionEither() throws Exception {
        try (IntakeFixture intake = intake(client("shop-a"))) {
            // Given
            int before = intake.post("name=pull.csv", "", LOG).statusCode();

            // When
            intake.certificatesRevokedUntil.put("shop-b", Long.MAX_VALUE);
            int revocationOfAnother = intake.post("name=pull.csv", "", LOG).statusCode();
            intake.certificatesRevokedUntil.put("shop-a", System.currentTimeMillis());
            int after = intake.post("name=pull.csv", "", LOG).statusCode();
            int withToken = intake.post("name=pull.csv", TOKEN, LOG).statusCode();
            intake.certificatesRevokedUntil.put("shop-a", 0L);
            int issuedAfterwards = intake.post("name=pull.csv", "", LOG).statusCode();

            // Then
            assertThat(List.of(before, revocationOfAnother, after, withToken, issuedAfterwards))
                    .containsExactly(201, 201, 401, 401, 201);
        }
    }

    @Test
    void certificateThatEnded_isNoCredential_onAnOpenConnectionEither() throws Exception {
        try (IntakeFixture intake = intake(client("shop-a"))) {
            // Given
            int before = intake.post("name=pull.csv", "", LOG).statusCode();

            // When
            intake.now = Instant.now().plus(Duration.ofDays(3651));
            int after = intake.get("/v1/runs/any", "").statusCode();

            // Then
            assertThat(before).isEqualTo(201);
            assertThat(after).isEqualTo(401);
        }
    }

    @Test
    void certificateOfAnotherAuthority_isNoCredential() throws Exception {
        try (IntakeFixture intake = intake(client("stranger"))) {
            // When
            int status = intake.post("name=pull.csv", "", LOG).statusCode();

            // Then
            assertThat(status).isEqualTo(401);
        }
    }

    @Test
    void endOfTheCertificate_isMeasured() throws Exception {
        try (IntakeFixture intake = intake(client("shop-a"))) {
            // When
            double end = intake.meters
                    .get("dynoai.intake.certificate.not.after.timestamp.seconds")
                    .gauge()
                    .value();

            // Then
            assertThat(end)
                    .isEqualTo(intake.intake.certificateNotAfter().orElseThrow().getEpochSecond())
                    .isGreaterThan(Instant.now().getEpochSecond());
        }
    }
}
