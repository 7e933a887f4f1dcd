package dynoai.intake;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.shelf.FolderShelf;
import dynoai.intake.event.AuditLines;
import dynoai.intake.event.IntakeEvents;
import dynoai.intake.event.IntakeMeters;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.HttpLimits;
import dynoai.intake.http.RequestException;
import dynoai.intake.tls.TlsFiles;
import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.access.Role;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.AgentContact;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.upload.UploadEnd;
import dynoai.schemas.upload.Uploads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An intake with two shops, without Kafka: the test does what admit and the exporter would do. */
final class IntakeFixture implements AutoCloseable {
    static final String LOG = "rpm,map,torque\n3000,80,70\n";
    static final String TOKEN = "token-of-shop-a";
    static final String AGENT = "token-of-the-agent-of-shop-a";
    static final String READER = "reader-of-shop-a";
    static final String OTHER = "token-of-shop-b";
    static final String OPERATOR = "token-of-the-operator";

    final List<LogAccepted> accepted = new CopyOnWriteArrayList<>();
    final List<AgentContact> contacts = new CopyOnWriteArrayList<>();
    final List<String> audit = new CopyOnWriteArrayList<>();
    final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    final Map<String, Caller> callers = new ConcurrentHashMap<>();
    final Map<String, ShopEntry.Limits> limits = new ConcurrentHashMap<>();
    final Map<String, Long> certificatesRevokedUntil = new ConcurrentHashMap<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Intake intake;
    private final FolderStore store;
    private final FolderShelf shelf;
    private final Uploads uploads;
    private final HttpClient client;
    private final String scheme;
    volatile boolean credentialsAreKnown = true;
    volatile boolean kafkaIsDown;

    /** Time of the intake; null for that of the machine. */
    volatile @Nullable Instant now;

    volatile String notReady = "";

    IntakeFixture(Path folder) throws IOException {
        this(folder, HttpLimits.DEFAULT, Optional.empty(), HttpClient.newHttpClient());
    }

    IntakeFixture(Path folder, HttpLimits http, Optional<TlsFiles> tls, HttpClient client) throws IOException {
        this.client = client;
        this.scheme = tls.isPresent() ? "https" : "http";
        store = new FolderStore(folder.resolve("store"));
        shelf = new FolderShelf(folder.resolve("runs"), "test");
        shelf.sweep();
        uploads = new Uploads(store.objects());
        IntakeEvents bugsAndAudit = new IntakeEvents() {
            @Override
            public void requestFailed(String request, Throwable bug) {
                bugs.add(bug);
            }

            @Override
            public void transientFailure(String where, Exception cause) {
                bugs.add(cause);
            }
        };
        AuditLines lines =
                new AuditLines(line -> audit.add(new String(line, StandardCharsets.UTF_8)), Clock.systemUTC());
        intake = Intake.start(
                new IntakeSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, store, shelf, http),
                new Shops(),
                log -> {
                    requireKafka();
                    accepted.add(log);
                },
                contact -> {
                    requireKafka();
                    contacts.add(contact);
                },
                () -> notReady,
                () -> now == null ? Instant.now() : now,
                bugsAndAudit.and(lines).and(new IntakeMeters(meters)),
                List.of());
    }

    private void requireKafka() throws RequestException {
        if (kafkaIsDown) {
            throw RequestException.later(ErrorCode.UNAVAILABLE, "no Kafka", 5);
        }
    }

    private final class Shops implements Credentials {
        @Override
        public Optional<Caller> find(String token) {
            return switch (token) {
                case TOKEN, AGENT -> Optional.of(new Caller("shop-a", Set.of(Role.DROP, Role.READ), "aaa"));
                case READER -> Optional.of(new Caller("shop-a", Set.of(Role.READ), "rrr"));
                case OTHER -> Optional.of(new Caller("shop-b", Set.of(Role.DROP, Role.READ), "bbb"));
                case OPERATOR -> Optional.of(new Caller(ShopEntry.ALL_SHOPS, Set.of(Role.OPERATE), "ooo"));
                default -> Optional.ofNullable(callers.get(token));
            };
        }

        @Override
        public boolean isValid(String credential) {
            return true;
        }

        @Override
        public boolean isKnown() {
            return credentialsAreKnown;
        }

        @Override
        public long certificatesRevokedUntil(String shop) {
            return certificatesRevokedUntil.getOrDefault(shop, Long.MIN_VALUE);
        }

        @Override
        public ShopEntry.Limits limits(String shop) {
            return limits.getOrDefault(shop, ShopEntry.Limits.none(shop));
        }
    }

    URI address(String path) {
        return URI.create(scheme + "://localhost:" + intake.port() + path);
    }

    /** Returns a request with a token; an empty one for none. */
    HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, String token) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    static JsonTree json(HttpResponse<byte[]> response) throws IOException {
        return new JsonTree(Json.read(response.body()));
    }

    /** Returns the code of an error. */
    static String code(HttpResponse<byte[]> response) throws IOException {
        return json(response).at("error", "code").text();
    }

    static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    static String sha256(String log) {
        return Sha256.hex(log.getBytes(StandardCharsets.UTF_8));
    }

    static String digest(String log) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256(log))) + ":";
    }

    /** Returns a header Upload-Metadata of these keys and values. */
    static String metadata(String... pairs) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            header.append(i == 0 ? "" : ",")
                    .append(pairs[i])
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(pairs[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return header.toString();
    }

    /** Begins an upload of {@link #LOG}. */
    HttpResponse<byte[]> create(String runId, String token) throws IOException, InterruptedException {
        return send(request("/v1/uploads", token)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", Integer.toString(LOG.length()))
                .header(
                        "Upload-Metadata",
                        metadata("filename", "pull.csv", "sha256", sha256(LOG), "run_id", runId, "cell", "cell-1"))
                .POST(body("")));
    }

    HttpResponse<byte[]> patch(String runId, String token, long offset, String bytes)
            throws IOException, InterruptedException {
        return send(request("/v1/uploads/" + runId, token)
                .header("Tus-Resumable", "1.0.0")
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", Long.toString(offset))
                .method("PATCH", body(bytes)));
    }

    HttpResponse<byte[]> head(String runId, String token) throws IOException, InterruptedException {
        return send(request("/v1/uploads/" + runId, token)
                .header("Tus-Resumable", "1.0.0")
                .method("HEAD", body("")));
    }

    HttpResponse<byte[]> post(String query, String token, String log) throws IOException, InterruptedException {
        return send(request("/v1/logs?" + query, token)
                .header("Content-Digest", digest(log))
                .POST(body(log)));
    }

    /** Publishes the run of an upload and records its end. */
    void finish(RunKey run) throws Exception {
        byte[] table = "RPM,35\n".getBytes(StandardCharsets.UTF_8);
        byte[] log = LOG.getBytes(StandardCharsets.UTF_8);
        try (RunFolder folder = shelf.begin(run, Optional.empty())) {
            folder.write(RunFolderLayout.LOG.file(), log);
            folder.write("Table.csv", table);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("run_id", run.runId());
            fields.put("ok", true);
            fields.put("outputs", List.of(output(RunFolderLayout.LOG.file(), log), output("Table.csv", table)));
            Manifest manifest = Manifest.of(new LinkedHashMap<>(fields));
            folder.write(RunFolderLayout.twinManifest(run.runId()), manifest.bytes());
            folder.write(RunFolderLayout.MANIFEST, manifest.bytes());
            folder.publish();
        }
        uploads.end(run, new UploadEnd(Optional.empty(), true, "", Instant.now()));
    }

    private static Map<String, Object> output(String file, byte[] bytes) {
        return Map.of("file", file, "size_bytes", (long) bytes.length, "sha256", Sha256.hex(bytes));
    }

    /** Records that a log was rejected. */
    void reject(RunKey run) throws IOException {
        Rejection why = Rejection.of(FailureCode.MISSING_COLUMNS, "no column of rpm", "export it");
        uploads.end(run, new UploadEnd(Optional.of(why), false, "", Instant.now()));
    }

    @Override
    public void close() throws IOException {
        intake.close();
    }
}
