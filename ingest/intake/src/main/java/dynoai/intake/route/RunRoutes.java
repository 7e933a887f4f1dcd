package dynoai.intake.route;

import dynoai.exporter.shelf.Bundle;
import dynoai.exporter.shelf.CheckedStream;
import dynoai.exporter.shelf.ShelvedRun;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.Failures;
import dynoai.intake.http.Reply;
import dynoai.intake.http.RequestException;
import dynoai.intake.http.Route;
import dynoai.intake.run.OverdueLogs;
import dynoai.intake.run.RunWaits;
import dynoai.intake.run.ShopRuns;
import dynoai.intake.run.ShopThreads;
import dynoai.intake.upload.Drafts;
import dynoai.schemas.access.Role;
import dynoai.schemas.file.DiskRoom;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The shop's runs: their state, waiting for their end, and their files. */
public final class RunRoutes {
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int MAX_RUNS = 256;
    private static final int MAX_BODY_BYTES = 64 << 10;
    private static final Set<Role> READ = Set.of(Role.READ);
    private static final Set<Role> READ_OR_DROP = Set.of(Role.READ, Role.DROP);

    private final ShopRuns runs;
    private final RunWaits waits;
    private final ShopThreads turns;
    private final Spool spool;
    private final OverdueLogs overdue;

    /**
     * @param turns prepare downloads
     * @param disks measures the disk of the drafts
     */
    public RunRoutes(
            ShopRuns runs,
            RunWaits waits,
            OverdueLogs overdue,
            ShopThreads turns,
            Drafts drafts,
            DiskRoom.Gauge disks) {
        this.overdue = overdue;
        this.runs = runs;
        this.waits = waits;
        this.turns = turns;
        this.spool = new Spool(drafts, disks);
    }

    public List<Route> routes() {
        return List.of(
                Route.of("POST", "/v1/runs/ended", READ_OR_DROP, this::ended),
                Route.of("GET", "/v1/runs/{run_id}", READ_OR_DROP, this::run),
                download("/v1/runs/{run_id}/bundle", this::bundle),
                download("/v1/runs/{run_id}/files/{path}", this::file));
    }

    /** Prepares the reply to a request. */
    @FunctionalInterface
    private interface Download {
        Reply prepare(Exchange exchange) throws RequestException, IOException;
    }

    private Route download(String pattern, Download download) {
        return Route.download(
                pattern,
                READ,
                exchange -> CompletableFuture.completedFuture(exchange)
                        .thenComposeAsync(
                                each -> Failures.completed(() -> download.prepare(each)),
                                turns.of(exchange.caller().shop())));
    }

    /** Returns the path of a run. */
    static String location(RunKey run) {
        return "/v1/runs/" + run.runId();
    }

    private CompletionStage<Reply> run(Exchange exchange) throws RequestException {
        RunKey run = UploadRoutes.run(exchange);
        Duration wait = seconds(exchange.query("wait").orElse("0"));
        return await(List.of(run), wait)
                .thenCompose(ended -> Failures.completed(
                        () -> Reply.json(200, runs.json(run).orElseThrow(RequestException::notFound))));
    }

    private CompletionStage<Reply> ended(Exchange exchange) {
        return exchange.receiveSmall(MAX_BODY_BYTES)
                .thenCompose(
                        body -> Failures.composed(() -> await(exchange.caller().shop(), json(body))))
                .thenCompose(ended -> Failures.completed(() -> Reply.json(200, Map.of("runs", jsonOf(ended)))));
    }

    private CompletableFuture<Set<RunKey>> await(Collection<RunKey> awaited, Duration wait) {
        return waits.await(awaited, wait)
                .thenCompose(ended -> Failures.completed(() -> {
                    for (RunKey run : awaited) {
                        if (!ended.contains(run)) {
                            overdue.look(run);
                        }
                    }
                    return ended;
                }));
    }

    private CompletableFuture<Set<RunKey>> await(String shop, JsonTree json) throws RequestException {
        Set<RunKey> awaited = new LinkedHashSet<>();
        for (JsonTree id : json.at("runs").items()) {
            if (!RunId.isValid(id.text()) || awaited.size() == MAX_RUNS) {
                throw new RequestException(
                        ErrorCode.INVALID_REQUEST, "runs takes at most " + MAX_RUNS + " ids of runs");
            }
            awaited.add(new RunKey(shop, id.text()));
        }
        return await(awaited, seconds(Long.toString(json.at("wait").whole())));
    }

    private List<Object> jsonOf(Collection<RunKey> ended) throws IOException {
        List<Object> all = new ArrayList<>();
        for (RunKey run : ended) {
            Map<String, @Nullable Object> json = runs.json(run).orElseGet(() -> ShopRuns.unknown(run));
            all.add(json);
        }
        return all;
    }

    static JsonTree json(byte[] body) throws RequestException {
        try {
            return new JsonTree(Json.readObject(body));
        } catch (IOException e) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, "the body is not a JSON object");
        }
    }

    private static Duration seconds(String text) throws RequestException {
        boolean valid = text.length() <= 2 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!valid || Integer.parseInt(text) > MAX_WAIT_SECONDS) {
            throw new RequestException(
                    ErrorCode.INVALID_REQUEST, "wait takes 0 to " + MAX_WAIT_SECONDS + " whole seconds");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private Reply bundle(Exchange exchange) throws RequestException, IOException {
        ShelvedRun run = runs.done(UploadRoutes.run(exchange)).orElseThrow(RequestException::notFound);
        long bytes = Bundle.files(run).stream()
                .mapToLong(file -> Bundle.size(run, file))
                .sum();
        Path zip = spool.write(bytes, file -> runs.shelf().writeBundle(run, file));
        boolean sent = false;
        try {
            String sha256 = Sha256.hex(zip);
            Reply reply =
                    isCurrent(exchange, sha256) ? Reply.empty(304) : Reply.of(200, Spool.open("application/zip", zip));
            sent = reply.status() == 200;
            return tagged(reply, sha256);
        } finally {
            if (!sent) {
                Files.deleteIfExists(zip);
            }
        }
    }

    private Reply file(Exchange exchange) throws RequestException, IOException {
        ShelvedRun run = runs.done(UploadRoutes.run(exchange)).orElseThrow(RequestException::notFound);
        String file = exchange.parameter("path");
        try {
            String sha256 = CheckedStream.sha256(run, file);
            Reply reply = isCurrent(exchange, sha256)
                    ? Reply.empty(304)
                    : Reply.of(
                            200,
                            spool.copy(
                                    type(file),
                                    Bundle.size(run, file),
                                    runs.shelf().open(run, file)));
            return tagged(reply, sha256);
        } catch (NoSuchFileException e) {
            throw RequestException.notFound();
        }
    }

    private static boolean isCurrent(Exchange exchange, String sha256) {
        return exchange.header("If-None-Match").orElse("").contains(tag(sha256));
    }

    private static Reply tagged(Reply reply, String sha256) {
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        return reply.with("ETag", tag(sha256)).with("Repr-Digest", "sha-256=:" + digest + ":");
    }

    private static String tag(String sha256) {
        return '"' + sha256 + '"';
    }

    /** No page is served from here: a browser downloads it. */
    private static String type(String file) {
        if (file.endsWith(".json")) {
            return "application/json";
        }
        return file.endsWith(".csv") ? "text/csv; charset=utf-8" : "application/octet-stream";
    }
}
