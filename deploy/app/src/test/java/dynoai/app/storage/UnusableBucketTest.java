package dynoai.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.app.CommandLineRun;
import dynoai.app.console.ExitCode;
import dynoai.exporter.s3.LocalS3;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command with a bucket that cannot be used says why. */
class UnusableBucketTest {
    private static final String RUN_ID = "2026-03-01T09-30-00Z-00c0de";

    @TempDir
    Path temp;

    private Properties before;

    @BeforeEach
    void saveProperties() {
        before = (Properties) System.getProperties().clone();
    }

    @AfterEach
    void restoreProperties() {
        System.setProperties(before);
    }

    private CommandLineRun fetch(String runs, String endpoint) {
        return CommandLineRun.of(
                "fetch",
                RUN_ID,
                "--runs",
                runs,
                "--to",
                temp.resolve("to").toString(),
                "--s3-endpoint",
                endpoint,
                "--s3-path-style");
    }

    private void assertUnusable(CommandLineRun fetched, String reason) {
        assertThat(fetched.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(fetched.err()).contains(" cannot be used: ").contains(reason).hasLineCount(1);
        assertThat(temp.resolve("to")).doesNotExist();
    }

    @Test
    void missingBucket_isReported() throws Exception {
        // Given
        try (LocalS3 s3 = new LocalS3(temp.resolve("s3"))) {
            // When
            CommandLineRun fetched = fetch("s3://missing/prefix", s3.endpoint().toString());
            // Then
            assertUnusable(fetched, "The specified bucket does not exist");
        }
    }

    @Test
    void unreachableServer_isReported() {
        // Given
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        // When
        CommandLineRun fetched = fetch(LocalS3.ADDRESS, "http://127.0.0.1:1");
        // Then
        assertUnusable(fetched, "http://127.0.0.1:1");
    }

    @Test
    void wrongCredentials_areReported() throws Exception {
        // Given
        System.setProperty("aws.accessKeyId", "other");
        System.setProperty("aws.secretAccessKey", "other");
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(temp.toString()))
                .awsAuthentication(AuthenticationType.AWS_V4, "test", "test")
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
        try {
            // When
            CommandLineRun fetched = fetch(LocalS3.ADDRESS, "http://127.0.0.1:" + server.getPort());
            // Then
            assertUnusable(fetched, "check the credentials and their rights");
        } finally {
            server.stop();
        }
    }

    @Test
    void missingCredentials_areReported() {
        // Given
        assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "skipped: the environment has credentials");
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.sharedCredentialsFile", temp.resolve("none").toString());
        System.setProperty("aws.configFile", temp.resolve("none").toString());
        // When
        CommandLineRun fetched = fetch(LocalS3.ADDRESS, "http://127.0.0.1:1");
        // Then
        assertUnusable(fetched, "there are no AWS credentials");
    }
}
