package dynoai.agent.http;

import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.file.SecretFile;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of an intake. A call waits for its answer, as long as that can take; {@link #close} ends all calls.
 * Thread-safe.
 */
public final class IntakeClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    /** A link with fewer bytes a second counts as broken. */
    private static final long MIN_BYTES_PER_SECOND = 4 << 10;

    private static final byte[] NO_BYTES = {};
    private static final String OFFSET = "Upload-Offset";

    private final IntakeAddress intake;
    private final Path tokenFile;
    private final Optional<Path> authorities;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private @Nullable HttpClient client;
    private volatile @Nullable Call waiting;
    private volatile boolean closed;

    /** @param tokenFile read for each call, so that a new token counts at once */
    public IntakeClient(IntakeAddress intake, Path tokenFile, Optional<Path> authorities) {
        this.intake = intake;
        this.tokenFile = tokenFile;
        this.authorities = authorities;
    }

    /** Announces a log, also repeatedly. Returns how many of its bytes the intake has. */
    public long create(Claim claim) throws IntakeUnavailableException, IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("filename", claim.name());
        metadata.put("sha256", claim.sha256());
        metadata.put("run_id", claim.runId());
        metadata.put("cell", claim.cell());
        if (!claim.bike().isEmpty()) {
            metadata.put("bike", claim.bike());
        }
        metadata.put(
                "options",
                new String(Yaml.write(new LinkedHashMap<>(claim.options().toTexts())), StandardCharsets.UTF_8));
        if (claim.force()) {
            metadata.put("force", "true");
        }
        HttpResponse<byte[]> answer = call(
                request("/v1/uploads")
                        .header("Upload-Length", Long.toString(claim.size()))
                        .header("Upload-Metadata", encoded(metadata))
                        .POST(BodyPublishers.ofByteArray(NO_BYTES)),
                ANSWER_TIMEOUT);
        if (answer.statusCode() == 404 || answer.statusCode() == 405) {
            throw IntakeUnavailableException.connection(intake + " is not an intake: it takes no uploads", null);
        }
        require(answer, 200, 201);
        return offset(answer).orElse(0);
    }

    private static String encoded(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + Base64.getEncoder().encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(","));
    }

    /** Returns how many bytes of a log the intake has; empty if it knows no such upload. */
    public OptionalLong offset(String runId) throws IntakeUnavailableException, IOException {
        HttpResponse<byte[]> answer =
                call(request(uploadPath(runId)).method("HEAD", BodyPublishers.ofByteArray(NO_BYTES)), ANSWER_TIMEOUT);
        if (answer.statusCode() == 404 || answer.statusCode() == 410) {
            return OptionalLong.empty();
        }
        require(answer, 200, 204);
        return offset(answer);
    }

    /**
     * Sends bytes of a log. The last ones complete it; without bytes, a log that the intake has as a whole is completed.
     *
     * @return how many bytes the intake has; empty if it has not as many as assumed, or not the upload
     */
    public OptionalLong append(String runId, long offset, byte[] part) throws IntakeUnavailableException, IOException {
        HttpResponse<byte[]> answer = call(
                request(uploadPath(runId))
                        .header(OFFSET, Long.toString(offset))
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(part)),
                timeout(part.length));
        int status = answer.statusCode();
        if (status == 404 || status == 409 || status == 410 || status == 460) {
            return OptionalLong.empty();
        }
        require(answer, 200, 204);
        return offset(answer);
    }

    public IntakeRun run(String runId) throws IntakeUnavailableException, IOException {
        HttpResponse<byte[]> answer = call(request(runPath(runId)).GET(), ANSWER_TIMEOUT);
        if (answer.statusCode() == 404) {
            return IntakeRun.unknown(runId);
        }
        require(answer, 200);
        return IntakeRun.of(new JsonTree(Json.read(answer.body())));
    }

    /**
     * Waits until one of these runs has ended, or the intake does not know one.
     *
     * @param stale whether to return at once, because the runs have changed; asked after {@link #endWait} can end the call
     * @return the runs that ended or are unknown; none if the time is over
     */
    public List<IntakeRun> ended(Collection<String> runIds, Duration wait, BooleanSupplier stale)
            throws IntakeUnavailableException, IOException {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("runs", List.copyOf(runIds));
        question.put("wait", wait.toSeconds());
        HttpRequest request = authorized(request("/v1/runs/ended")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.canonical(question))));
        try (Call call = start(request, BodyHandlers.ofByteArray())) {
            waiting = call;
            if (stale.getAsBoolean()) {
                return List.of();
            }
            HttpResponse<byte[]> answer = call.answer(ANSWER_TIMEOUT.plus(wait));
            require(answer, 200);
            return new JsonTree(Json.read(answer.body()))
                    .at("runs").items().stream().map(IntakeRun::of).toList();
        } catch (IntakeUnavailableException e) {
            if (e.kind() == IntakeUnavailableException.Kind.STOPPING && !closed) {
                return List.of();
            }
            throw e;
        } finally {
            waiting = null;
        }
    }

    /** Makes {@link #ended} return. */
    public void endWait() {
        Call call = waiting;
        if (call != null) {
            call.end();
        }
    }

    /** Writes a file of a run, whose bytes the caller checks. */
    public void download(String runId, IntakeRun.OutputFile file, Path target)
            throws IntakeUnavailableException, IOException {
        BodyHandler<byte[]> toFile = head -> head.statusCode() == 200
                ? BodySubscribers.mapping(
                        BodySubscribers.ofFile(
                                target,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        written -> new byte[0])
                : BodySubscribers.ofByteArray();
        HttpRequest request =
                authorized(request(runPath(runId) + "/files/" + file.name()).GET());
        try (Call call = start(request, toFile)) {
            require(call.answer(timeout(file.bytes())), 200);
        }
    }

    /** Reports how the agent is. */
    public void contact(String name, Map<String, ?> state) throws IntakeUnavailableException, IOException {
        HttpResponse<byte[]> answer = call(
                request("/v1/agents/" + name)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(Json.canonical(state))),
                ANSWER_TIMEOUT);
        require(answer, 200, 204);
    }

    /** Ends all calls, and those that begin later. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(Call::end);
    }

    private static String uploadPath(String runId) {
        return "/v1/uploads/" + runId;
    }

    private static String runPath(String runId) {
        return "/v1/runs/" + runId;
    }

    private static Duration timeout(long bytes) {
        return ANSWER_TIMEOUT.plusSeconds(bytes / MIN_BYTES_PER_SECOND);
    }

    private HttpRequest.Builder request(String path) {
        URI address = intake.resolve(path);
        return HttpRequest.newBuilder(address).header("Tus-Resumable", "1.0.0");
    }

    private HttpRequest authorized(HttpRequest.Builder request) throws IntakeUnavailableException {
        try {
            return request.header(
                            "Authorization",
                            "Bearer " + SecretFile.read(tokenFile).text())
                    .build();
        } catch (IOException | IllegalArgumentException e) {
            throw new IntakeUnavailableException(
                    IntakeUnavailableException.Kind.CREDENTIAL,
                    "the token in " + tokenFile + " cannot be read: " + e.getMessage(),
                    Duration.ZERO,
                    e);
        }
    }

    private HttpResponse<byte[]> call(HttpRequest.Builder request, Duration timeout)
            throws IntakeUnavailableException, IOException {
        try (Call call = start(authorized(request), BodyHandlers.ofByteArray())) {
            return call.answer(timeout);
        }
    }

    private Call start(HttpRequest request, BodyHandler<byte[]> handler) throws IntakeUnavailableException {
        Call call;
        try {
            call = new Call(client().sendAsync(request, handler));
        } catch (IOException e) {
            throw IntakeUnavailableException.connection(String.valueOf(e.getMessage()), e);
        }
        calls.add(call);
        if (closed) {
            call.end();
        }
        return call;
    }

    /** Made for the first call: it takes longer than the rest of the start. */
    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT);
            if (authorities.isPresent()) {
                builder.sslContext(TrustedAuthorities.in(authorities.get()));
            }
            client = builder.build();
        }
        return client;
    }

    /** A request that was sent. Closing it before its answer came ends it. */
    private final class Call implements AutoCloseable {
        private final CompletableFuture<HttpResponse<byte[]>> future;
        private volatile boolean ended;

        private Call(CompletableFuture<HttpResponse<byte[]>> future) {
            this.future = future;
        }

        private HttpResponse<byte[]> answer(Duration timeout) throws IntakeUnavailableException {
            try {
                return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw IntakeUnavailableException.stopping();
            } catch (CancellationException ignored) {
                // The client was closed, or a wait was ended.
                throw IntakeUnavailableException.stopping();
            } catch (TimeoutException e) {
                throw IntakeUnavailableException.connection(
                        intake + " did not answer within " + timeout.toSeconds() + " s", e);
            } catch (ExecutionException e) {
                if (ended) {
                    // The HTTP client noticed the cancellation first.
                    throw IntakeUnavailableException.stopping();
                }
                throw IntakeUnavailableException.connection(
                        ConnectionFailures.describe(intake, e.getCause()), e.getCause());
            }
        }

        private void end() {
            ended = true;
            future.cancel(true);
        }

        @Override
        public void close() {
            end();
            calls.remove(this);
        }
    }

    private static OptionalLong offset(HttpResponse<?> answer) throws IOException {
        try {
            return answer.headers().firstValueAsLong(OFFSET);
        } catch (NumberFormatException e) {
            throw new IOException("the intake sent an offset that is no number", e);
        }
    }

    private void require(HttpResponse<byte[]> answer, int... expected)
            throws IntakeUnavailableException, RequestRejectedException {
        for (int status : expected) {
            if (answer.statusCode() == status) {
                return;
            }
        }
        ErrorAnswer error = ErrorAnswer.of(answer, intake, tokenFile);
        Optional<IntakeUnavailableException> unavailable = error.unavailable();
        if (unavailable.isPresent()) {
            throw unavailable.get();
        }
        throw new RequestRejectedException(error.code(), error.message(), error.hint());
    }
}
