package dynoai.exporter.s3;

import dynoai.exporter.shelf.StorageSettings;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix of a bucket. Failures of the server and the network are {@link StoreUnavailableException}s. */
final class Bucket {
    /** Larger files are sent in parts of this size. */
    static final int PART_BYTES = 16 << 20;

    private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/*");
    private static final String NO_CREDENTIALS = "Unable to load credentials";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int MAX_TRIES = 6;

    /** More than the threads of an intake, each of which uses one at a time. */
    private static final int MAX_CONNECTIONS = 128;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CONFLICT_DELAY = Duration.ofMillis(50);

    private final S3Client client;
    private final String name;
    private final String prefix;

    private Bucket(S3Client client, String name, String prefix) {
        this.client = client;
        this.name = name;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException if the address is not {@code s3://bucket/prefix}, or no region is known */
    static Bucket of(String address, StorageSettings settings) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an address like s3://bucket/prefix: '" + address + "'");
        }
        String prefix = parts.group(2) == null || parts.group(2).isEmpty() ? "" : parts.group(2) + "/";
        try {
            return new Bucket(client(settings), parts.group(1), prefix);
        } catch (SdkException e) {
            throw new IllegalArgumentException(
                    address + " cannot be used; it needs --s3-region or AWS_REGION, and valid AWS settings", e);
        }
    }

    private static S3Client client(StorageSettings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT))
                .forcePathStyle(settings.pathStyle())
                // Not every server has them. All bytes are checked by their SHA-256.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        settings.region().map(Region::of).ifPresent(builder::region);
        settings.endpoint().ifPresent(endpoint -> {
            builder.endpointOverride(endpoint);
            if (settings.region().isEmpty()) {
                builder.region(Region.US_EAST_1);
            }
        });
        return builder.build();
    }

    /** Returns the address of an object or of everything below a key. */
    String address(String key) {
        String address = S3Storage.SCHEME + name + "/" + prefix + key;
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** A request, whose answer is checked. */
    @FunctionalInterface
    private interface Request<T> {
        T send() throws IOException;
    }

    /**
     * Sends a request, again if the server reports a conflict with another one.
     *
     * @param missing the answer for an object that does not exist
     * @param refused the answer if a precondition does not hold
     */
    private <T> T send(String key, Request<T> request, Supplier<T> missing, Supplier<T> refused) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return request.send();
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND && !isMissingBucket(e)) {
                    return missing.get();
                }
                if (e.statusCode() == PRECONDITION_FAILED) {
                    return refused.get();
                }
                if (e.statusCode() != CONFLICT || tries == MAX_TRIES) {
                    throw unavailable(key, e);
                }
                LockSupport.parkNanos(CONFLICT_DELAY.multipliedBy(tries).toNanos());
            } catch (SdkException e) {
                throw unavailable(key, e);
            }
        }
    }

    private static boolean isMissingBucket(S3Exception e) {
        return e.awsErrorDetails() != null
                && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
    }

    private StoreUnavailableException unavailable(String key, SdkException e) {
        return new StoreUnavailableException(address(key) + " cannot be used: " + reason(e), e);
    }

    private static String reason(SdkException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith(NO_CREDENTIALS)) {
            return "there are no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile or role";
        }
        boolean denied = e instanceof S3Exception answer && answer.statusCode() == FORBIDDEN;
        return denied ? message + "; check the credentials and their rights" : message;
    }

    /** Whether there is an object. */
    boolean exists(String key) throws IOException {
        return send(
                key,
                () -> {
                    client.headObject(head -> head.bucket(name).key(prefix + key));
                    return true;
                },
                () -> false,
                () -> false);
    }

    /** Returns the metadata of an object by its names in lower case; empty if there is no such object. */
    Optional<Map<String, String>> metadata(String key) throws IOException {
        return send(
                key,
                () -> Optional.of(client.headObject(head -> head.bucket(name).key(prefix + key))
                        .metadata()),
                Optional::empty,
                Optional::empty);
    }

    /** A small object. Its version changes when it is replaced. */
    static final class Small {
        private final byte[] bytes;
        private final String version;
        private final Map<String, String> metadata;

        private Small(byte[] bytes, GetObjectResponse response) {
            this.bytes = bytes;
            this.version = response.eTag();
            this.metadata = response.metadata();
        }

        byte[] bytes() {
            return bytes;
        }

        String version() {
            return version;
        }

        Map<String, String> metadata() {
            return metadata;
        }
    }

    /** Reads an object of at most {@link #PART_BYTES}. */
    Optional<Small> read(String key) throws IOException {
        return send(
                key,
                () -> {
                    try (var in = client.getObject(get -> get.bucket(name).key(prefix + key))) {
                        byte[] bytes = in.readNBytes(PART_BYTES + 1);
                        if (bytes.length > PART_BYTES) {
                            throw new IOException(address(key) + " is larger than " + PART_BYTES + " bytes");
                        }
                        return Optional.of(new Small(bytes, in.response()));
                    }
                },
                Optional::empty,
                Optional::empty);
    }

    /** Opens an object, or a range of its bytes such as {@code bytes=0-99}; empty if there is no such object. */
    Optional<InputStream> open(String key, Optional<String> range) throws IOException {
        return send(
                key,
                () -> Optional.of(new ServerStream(
                        address(key),
                        client.getObject(
                                get -> get.bucket(name).key(prefix + key).range(range.orElse(null))))),
                Optional::empty,
                Optional::empty);
    }

    /** Creates an object. Returns false if there is one, which an earlier try of the same request may have created. */
    boolean create(String key, byte[] bytes, Map<String, String> metadata) throws IOException {
        return put(key, bytes, metadata, Optional.empty());
    }

    /** Replaces a version of an object. Returns false if it has another version. */
    boolean replace(String key, byte[] bytes, Map<String, String> metadata, String version) throws IOException {
        return put(key, bytes, metadata, Optional.of(version));
    }

    private boolean put(String key, byte[] bytes, Map<String, String> metadata, Optional<String> replaced)
            throws IOException {
        return send(
                key,
                () -> {
                    client.putObject(
                            put -> {
                                put.bucket(name)
                                        .key(prefix + key)
                                        .metadata(metadata)
                                        .contentMD5(Md5.of(bytes));
                                replaced.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
                            },
                            RequestBody.fromBytes(bytes));
                    return true;
                },
                () -> false,
                () -> false);
    }

    /** Creates or replaces an object. */
    void write(String key, byte[] bytes) throws IOException {
        write(key, RequestBody.fromBytes(bytes), Md5.of(bytes));
    }

    /** Creates or replaces an object of a file, which is not held in memory. */
    void write(String key, Path file) throws IOException {
        write(key, RequestBody.fromFile(file), Md5.of(file));
    }

    private void write(String key, RequestBody body, String md5) throws IOException {
        send(
                key,
                () -> client.putObject(put -> put.bucket(name).key(prefix + key).contentMD5(md5), body) != null,
                () -> false,
                () -> false);
    }

    /** Creates an object of a file whose bytes the key names, so that an existing object has the same bytes. */
    void createContent(String key, Path file) throws IOException {
        if (Files.size(file) > PART_BYTES) {
            new PartUpload(client, name, prefix + key).send(file, this::sendPart);
        } else {
            create(key, Files.readAllBytes(file), Map.of());
        }
        if (!exists(key)) {
            throw new StoreUnavailableException(address(key) + " does not exist after it was sent", null);
        }
    }

    private void sendPart(Runnable request) throws IOException {
        send(
                "",
                () -> {
                    request.run();
                    return true;
                },
                () -> false,
                () -> false);
    }

    /** Visits the objects below a key, in the order of their keys, which are without the bucket's prefix. */
    void list(String below, Visitor visitor) throws IOException {
        try {
            for (S3Object object : client.listObjectsV2Paginator(
                            list -> list.bucket(name).prefix(prefix + below))
                    .contents()) {
                visitor.visit(object.key().substring(prefix.length()), object);
            }
        } catch (SdkException e) {
            throw unavailable(below, e);
        }
    }

    /** Takes listed objects. */
    @FunctionalInterface
    interface Visitor {
        void visit(String key, S3Object object) throws IOException;
    }

    void delete(String key) throws IOException {
        send(
                key,
                () -> client.deleteObject(delete -> delete.bucket(name).key(prefix + key)) != null,
                () -> false,
                () -> false);
    }
}
