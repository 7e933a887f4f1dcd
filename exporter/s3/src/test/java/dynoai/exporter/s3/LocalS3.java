package dynoai.exporter.s3;

import dynoai.exporter.shelf.StorageSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy over a folder, with a {@link FaultyProxy} in front of it. */
public final class LocalS3 implements AutoCloseable {
    public static final String ADDRESS = "s3://bucket/prefix";

    static {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    private final S3Proxy server;
    private final FaultyProxy proxy;
    private final Path bucket;

    public LocalS3(Path folder) throws Exception {
        bucket = Files.createDirectories(folder.resolve("bucket"));
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .awsAuthentication(AuthenticationType.NONE, "", "")
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
        proxy = new FaultyProxy(server.getPort());
    }

    FaultyProxy faults() {
        return proxy;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    StorageSettings settings(Path local) {
        return new StorageSettings(local, Optional.of(endpoint()), true, Optional.of("us-east-1"));
    }

    /** Returns the file of an object. */
    public Path object(String key) {
        return bucket.resolve("prefix").resolve(key);
    }

    /** Changes one byte of an object where it has a text. */
    public void damage(Path object, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(object);
        String content = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[content.lastIndexOf(text)] ^= 1;
        Files.write(object, bytes, java.nio.file.StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
