package dynoai.intake.route;

import dynoai.intake.access.Quotas;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.Failures;
import dynoai.intake.http.Reply;
import dynoai.intake.http.RequestException;
import dynoai.intake.http.Route;
import dynoai.intake.run.ShopRuns;
import dynoai.intake.upload.Announcement;
import dynoai.intake.upload.Progress;
import dynoai.intake.upload.UploadService;
import dynoai.schemas.access.Role;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.upload.Upload;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small logs in one request, for clients such as curl. */
public final class LogRoutes {
    private static final long MAX_BYTES = 8 << 20;
    private static final Pattern SHA256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]+):");

    /** Why a log did not arrive whole. No other request continues it. */
    private static final Set<ErrorCode> NOT_WHOLE =
            Set.of(ErrorCode.BODY_INCOMPLETE, ErrorCode.REQUEST_TOO_SLOW, ErrorCode.TOO_LARGE);

    private final UploadService uploads;
    private final ShopRuns runs;
    private final Quotas quotas;
    private final InstantSource clock;

    public LogRoutes(UploadService uploads, ShopRuns runs, Quotas quotas, InstantSource clock) {
        this.uploads = uploads;
        this.runs = runs;
        this.quotas = quotas;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.of("POST", "/v1/logs", Set.of(Role.DROP), this::post));
    }

    private CompletionStage<Reply> post(Exchange exchange) throws RequestException, IOException {
        String shop = exchange.caller().shop();
        long length = exchange.length();
        if (length < 0) {
            throw new RequestException(ErrorCode.LENGTH_REQUIRED, "Content-Length is missing");
        }
        if (length > MAX_BYTES) {
            throw new RequestException(
                    ErrorCode.TOO_LARGE,
                    "a log in one request has at most " + MAX_BYTES + " bytes",
                    "send larger logs as a resumable upload to /v1/uploads");
        }
        Upload upload = Announcement.ofQuery(shop, exchange.query(), digest(exchange), length, clock.instant());
        RunKey run = upload.run();
        exchange.concerns(run.runId());
        quotas.requireRoomFor(shop, length);
        Progress progress = UploadRoutes.announce(upload, uploads, quotas);
        if (progress.accepted()) {
            return CompletableFuture.completedFuture(reply(run));
        }
        if (progress.offset() > 0) {
            // An earlier request was cut. What arrived of it is not needed.
            uploads.delete(run);
            uploads.announce(upload);
        }
        CompletableFuture<Progress> received =
                UploadRoutes.receive(exchange, uploads.begin(run, 0, Optional.empty(), exchange::cut), quotas);
        return Failures.ended(received, (accepted, failure) -> {
            if (failure != null) {
                if (NOT_WHOLE.contains(Failures.codeOf(failure))) {
                    uploads.delete(run);
                    quotas.close(run);
                }
                throw Failures.rethrown(failure);
            }
            return reply(run);
        });
    }

    private static String digest(Exchange exchange) throws RequestException {
        Matcher sha256 = SHA256.matcher(exchange.header("Content-Digest").orElse(""));
        if (!sha256.find()) {
            throw new RequestException(
                    ErrorCode.DIGEST_REQUIRED,
                    "the header Content-Digest is missing, or has no SHA-256",
                    "send 'Content-Digest: sha-256=:BASE64:'");
        }
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(sha256.group(1)));
        } catch (IllegalArgumentException e) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, "Content-Digest is not Base64");
        }
    }

    private Reply reply(RunKey run) throws IOException, RequestException {
        return Reply.json(201, runs.json(run).orElseThrow(RequestException::notFound))
                .with("Location", RunRoutes.location(run));
    }
}
