package dynoai.intake.route;

import dynoai.intake.access.Quotas;
import dynoai.intake.http.BodyEnd;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.Failures;
import dynoai.intake.http.Reply;
import dynoai.intake.http.RequestException;
import dynoai.intake.http.Route;
import dynoai.intake.upload.Announcement;
import dynoai.intake.upload.Checksum;
import dynoai.intake.upload.Progress;
import dynoai.intake.upload.Transfer;
import dynoai.intake.upload.UploadService;
import dynoai.schemas.access.Role;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import dynoai.schemas.upload.Upload;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Resumable uploads: tus 1.0 with creation, expiration, checksum and termination. */
public final class UploadRoutes {
    private static final String VERSION = "1.0.0";
    private static final String UPLOADS = "/v1/uploads";
    private static final String UPLOAD = "/v1/uploads/{run_id}";
    private static final String OFFSETS = "application/offset+octet-stream";
    private static final Map<String, String> ALWAYS = Map.of("Tus-Resumable", VERSION);
    private static final Set<Role> DROP = Set.of(Role.DROP);
    private static final DateTimeFormatter HTTP_TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final UploadService uploads;
    private final Quotas quotas;
    private final InstantSource clock;

    public UploadRoutes(UploadService uploads, Quotas quotas, InstantSource clock) {
        this.uploads = uploads;
        this.quotas = quotas;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("OPTIONS", UPLOADS, EnumSet.allOf(Role.class), this::options)
                        .with(ALWAYS),
                Route.of("POST", UPLOADS, DROP, this::create).with(ALWAYS),
                Route.of("HEAD", UPLOAD, DROP, this::offset).with(ALWAYS),
                Route.of("PATCH", UPLOAD, DROP, this::append).with(ALWAYS),
                Route.of("DELETE", UPLOAD, DROP, this::delete).with(ALWAYS));
    }

    private CompletionStage<Reply> options(Exchange exchange) {
        return done(Reply.empty(204)
                .with("Tus-Version", VERSION)
                .with("Tus-Extension", "creation,expiration,checksum,termination")
                .with(
                        "Tus-Max-Size",
                        Long.toString(quotas.largestLog(exchange.caller().shop())))
                .with("Tus-Checksum-Algorithm", "sha1,sha256"));
    }

    private CompletionStage<Reply> create(Exchange exchange) throws RequestException, IOException {
        requireVersion(exchange);
        String shop = exchange.caller().shop();
        long length = number(exchange, "Upload-Length");
        quotas.requireRoomFor(shop, length);
        String metadata = exchange.header("Upload-Metadata")
                .orElseThrow(() -> new RequestException(ErrorCode.INVALID_REQUEST, "Upload-Metadata is missing"));
        Upload upload = Announcement.ofMetadata(shop, metadata, length, now());
        exchange.concerns(upload.run().runId());
        Progress progress = announce(upload, uploads, quotas);
        return done(Reply.empty(201)
                .with("Location", UPLOADS + '/' + upload.run().runId())
                .with("Upload-Offset", Long.toString(progress.offset()))
                .with("Upload-Expires", HTTP_TIME.format(progress.expires())));
    }

    /** Begins an upload that counts as open until it is accepted or deleted. */
    static Progress announce(Upload upload, UploadService uploads, Quotas quotas) throws RequestException, IOException {
        boolean counted = quotas.open(upload.run(), uploads::isOpen);
        boolean announced = false;
        try {
            Progress progress = uploads.announce(upload);
            announced = true;
            if (progress.accepted()) {
                quotas.close(upload.run());
            }
            return progress;
        } finally {
            if (!announced && counted) {
                quotas.close(upload.run());
            }
        }
    }

    private CompletionStage<Reply> offset(Exchange exchange) throws RequestException, IOException {
        requireVersion(exchange);
        Progress progress = uploads.progress(run(exchange));
        return done(Reply.empty(200)
                .with("Upload-Offset", Long.toString(progress.offset()))
                .with("Upload-Length", Long.toString(progress.upload().size()))
                .with("Upload-Expires", HTTP_TIME.format(progress.expires()))
                .with("Cache-Control", "no-store"));
    }

    private CompletionStage<Reply> append(Exchange exchange) throws RequestException, IOException {
        requireVersion(exchange);
        RunKey run = run(exchange);
        if (!exchange.header("Content-Type").orElse("").equals(OFFSETS)) {
            throw new RequestException(ErrorCode.MEDIA_TYPE, "the body has to be of type " + OFFSETS);
        }
        long offset = number(exchange, "Upload-Offset");
        Optional<String> header = exchange.header("Upload-Checksum");
        Optional<Checksum> checksum = header.isPresent() ? Optional.of(Checksum.parse(header.get())) : Optional.empty();
        quotas.requireRoomFor(run.shop(), Math.max(0, exchange.length()));
        return receive(exchange, uploads.begin(run, offset, checksum, exchange::cut), quotas)
                .thenApply(progress -> {
                    Reply reply = Reply.empty(204)
                            .with("Upload-Offset", Long.toString(progress.offset()))
                            .with("Upload-Expires", HTTP_TIME.format(progress.expires()));
                    return progress.accepted() ? reply.with("Location", RunRoutes.location(run)) : reply;
                });
    }

    /** Receives a body into a transfer, and closes the transfer. */
    static CompletableFuture<Progress> receive(Exchange exchange, Transfer transfer, Quotas quotas) {
        RunKey run = transfer.run();
        CompletionStage<BodyEnd> received = exchange.receive(bytes -> {
            quotas.countBytes(run.shop(), bytes.remaining());
            transfer.take(bytes);
        });
        return Failures.ended(received, (end, failure) -> {
                    try (transfer) {
                        if (end == null) {
                            throw Failures.rethrown(Objects.requireNonNull(failure));
                        }
                        return transfer.end(end);
                    }
                })
                .whenComplete((progress, failure) -> {
                    if (failure == null ? progress.accepted() : Failures.codeOf(failure) == ErrorCode.HASH_MISMATCH) {
                        quotas.close(run);
                    }
                });
    }

    private CompletionStage<Reply> delete(Exchange exchange) throws RequestException, IOException {
        requireVersion(exchange);
        RunKey run = run(exchange);
        uploads.delete(run);
        quotas.close(run);
        return done(Reply.empty(204));
    }

    private static void requireVersion(Exchange exchange) throws RequestException {
        if (!exchange.header("Tus-Resumable").orElse(VERSION).equals(VERSION)) {
            throw new RequestException(ErrorCode.TUS_VERSION, "only tus " + VERSION + " is supported");
        }
    }

    private static long number(Exchange exchange, String header) throws RequestException {
        String value = exchange.header(header).orElse("");
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, header + " takes a number of bytes");
        }
        return Long.parseLong(value);
    }

    /** Returns the run of a path. A name that is not valid is not found. */
    static RunKey run(Exchange exchange) throws RequestException {
        String id = exchange.parameter("run_id");
        if (!RunId.isValid(id)) {
            throw RequestException.notFound();
        }
        exchange.concerns(id);
        return new RunKey(exchange.caller().shop(), id);
    }

    private Instant now() {
        return clock.instant();
    }

    private static CompletionStage<Reply> done(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
