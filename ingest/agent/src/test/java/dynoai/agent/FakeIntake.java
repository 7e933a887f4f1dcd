package dynoai.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dynoai.agent.http.IntakeAddress;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An intake in memory that speaks the protocol, and makes faults that a test asks for. */
final class FakeIntake implements AutoCloseable {
    static final String TOKEN = "dyn_abcdefghijkl_0123456789012345678901234567890123456789012";

    private static final class Upload {
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long length;
        private String announced = "";
        private boolean accepted;
        private String state = "uploading";
        private String duplicateOf = "";
        private String reason = "";
    }

    /** What happens to a request instead of an answer. */
    enum Fault {
        CUT_BEFORE,
        LOSE_REPLY,
        UNAUTHORIZED,
        BUSY,
        UNAVAILABLE
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Upload> uploads = new TreeMap<>();
    private final TreeSet<Long> cuts = new TreeSet<>();
    private final List<String> requests = new ArrayList<>();
    private final Map<String, JsonTree> contacts = new HashMap<>();
    private Random faults = new Random(0);
    private int faultsLeft;
    private int wrongBytes;
    private int hashMismatches;
    private int internalErrors;
    private boolean revoked;
    private boolean refusesUploads;
    private boolean holdsRuns;
    private long received;

    FakeIntake() throws IOException {
        this(0);
    }

    FakeIntake(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    IntakeAddress address() {
        return IntakeAddress.parse("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Cuts the connection once an upload has this many bytes, which count. */
    synchronized void cutAt(long... bytes) {
        for (long at : bytes) {
            cuts.add(at);
        }
    }

    synchronized void randomFaults(long seed, int count) {
        faults = new Random(seed);
        faultsLeft = count;
    }

    synchronized void sendWrongBytes(int times) {
        wrongBytes = times;
    }

    synchronized void mistakeHashes(int times) {
        hashMismatches = times;
    }

    synchronized void failInside(int times) {
        internalErrors = times;
    }

    synchronized void revoke(boolean now) {
        revoked = now;
    }

    synchronized void refuseUploads() {
        refusesUploads = true;
    }

    /** Whether accepted runs stay in flight. */
    synchronized void holdRuns(boolean now) {
        holdsRuns = now;
        notifyAll();
    }

    synchronized void failRuns(String reason) {
        uploads.values().stream().filter(upload -> upload.accepted).forEach(upload -> {
            upload.state = "failed";
            upload.reason = reason;
        });
        notifyAll();
    }

    /** Loses all it knows of an upload. */
    synchronized void forgetAll() {
        uploads.clear();
        notifyAll();
    }

    synchronized int accepted() {
        return (int) uploads.values().stream().filter(upload -> upload.accepted).count();
    }

    synchronized long received() {
        return received;
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized Map<String, JsonTree> contacts() {
        return Map.copyOf(contacts);
    }

    synchronized Map<String, String> metadata(String runId) {
        return Map.copyOf(uploads.get(runId).metadata);
    }

    /** Returns the files of a run as they are served, by name. */
    synchronized Map<String, byte[]> files(String runId) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] log = uploads.get(runId).bytes.toByteArray();
        files.put("data.csv", log);
        files.put("VE_Front.csv", ("map of " + Sha256.hex(log)).getBytes(StandardCharsets.UTF_8));
        files.put("manifest.json", ("{\"run_id\":\"" + runId + "\"}").getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String route = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            Fault fault;
            synchronized (this) {
                requests.add(route);
                fault = fault();
            }
            if (fault == Fault.CUT_BEFORE) {
                return;
            }
            if (revoked
                    || fault == Fault.UNAUTHORIZED
                    || !("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                error(exchange, 401, "UNAUTHORIZED");
            } else if (fault == Fault.BUSY) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                error(exchange, 429, "TOO_MANY_REQUESTS");
            } else if (fault == Fault.UNAVAILABLE) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                error(exchange, 503, "UNAVAILABLE");
            } else {
                Answer answer = answer(exchange, exchange.getRequestURI().getPath());
                if (fault != Fault.LOSE_REPLY && answer != null) {
                    send(exchange, answer);
                }
            }
        }
    }

    private Fault fault() {
        if (faultsLeft == 0 || faults.nextInt(3) > 0) {
            return null;
        }
        faultsLeft--;
        return Fault.values()[faults.nextInt(Fault.values().length)];
    }

    private record Answer(int status, Map<String, String> headers, byte[] body) {
        static Answer of(int status) {
            return new Answer(status, Map.of(), new byte[0]);
        }

        static Answer error(int status, String code) {
            return json(status, Map.of("error", Map.of("code", code, "message", code + " it is", "hint", "a hint")));
        }

        static Answer json(int status, Object body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), Json.canonical(body));
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getRequestBody().readAllBytes();
        send(exchange, Answer.error(status, code));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Tus-Resumable", "1.0.0");
        boolean hasBody =
                answer.body().length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), hasBody ? answer.body().length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    /** Returns null if the connection is cut. */
    private Answer answer(HttpExchange exchange, String path) throws IOException {
        String method = exchange.getRequestMethod();
        String[] parts = path.split("/");
        if (path.equals("/v1/uploads") && method.equals("POST")) {
            return create(exchange);
        } else if (path.startsWith("/v1/uploads/") && method.equals("HEAD")) {
            return offset(parts[3]);
        } else if (path.startsWith("/v1/uploads/") && method.equals("PATCH")) {
            return append(exchange, parts[3]);
        } else if (path.equals("/v1/runs/ended") && method.equals("POST")) {
            return ended(new JsonTree(Json.read(exchange.getRequestBody().readAllBytes())));
        } else if (path.startsWith("/v1/runs/") && parts.length == 4) {
            return run(parts[3]);
        } else if (path.startsWith("/v1/runs/") && parts.length == 6) {
            return file(parts[3], parts[5]);
        } else if (path.startsWith("/v1/agents/") && method.equals("PUT")) {
            return contact(parts[3], exchange.getRequestBody().readAllBytes());
        }
        return Answer.error(404, "NOT_FOUND");
    }

    private synchronized Answer create(HttpExchange exchange) {
        if (refusesUploads) {
            return Answer.error(413, "TOO_LARGE");
        }
        String announced = exchange.getRequestHeaders().getFirst("Upload-Metadata");
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String pair : announced.split(",")) {
            String[] keyAndValue = pair.split(" ");
            metadata.put(
                    keyAndValue[0], new String(Base64.getDecoder().decode(keyAndValue[1]), StandardCharsets.UTF_8));
        }
        String runId = metadata.get("run_id");
        Upload upload = uploads.get(runId);
        if (upload == null) {
            upload = new Upload();
            upload.metadata.putAll(metadata);
            upload.announced = announced;
            upload.length = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Length"));
            uploads.put(runId, upload);
            return new Answer(201, Map.of("Location", "/v1/uploads/" + runId), new byte[0]);
        }
        if (!upload.announced.equals(announced)) {
            return Answer.error(409, "RUN_ID_CONFLICT");
        }
        return new Answer(200, Map.of("Upload-Offset", Integer.toString(upload.bytes.size())), new byte[0]);
    }

    private synchronized Answer offset(String runId) {
        Upload upload = uploads.get(runId);
        return upload == null
                ? Answer.of(404)
                : new Answer(
                        200,
                        Map.of(
                                "Upload-Offset",
                                Integer.toString(upload.bytes.size()),
                                "Upload-Length",
                                Long.toString(upload.length),
                                "Cache-Control",
                                "no-store"),
                        new byte[0]);
    }

    private synchronized Answer append(HttpExchange exchange, String runId) throws IOException {
        Upload upload = uploads.get(runId);
        InputStream body = exchange.getRequestBody();
        if (upload == null
                || upload.bytes.size()
                        != Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Offset"))) {
            body.readAllBytes();
            return Answer.error(upload == null ? 404 : 409, "OFFSET");
        }
        if (internalErrors > 0) {
            internalErrors--;
            body.readAllBytes();
            return Answer.error(500, "INTERNAL");
        }
        Long cut = cuts.higher((long) upload.bytes.size());
        byte[] part = cut == null
                ? body.readAllBytes()
                : body.readNBytes((int) Math.min(Integer.MAX_VALUE, cut - upload.bytes.size()));
        received += part.length;
        upload.bytes.write(part);
        if (cut != null && upload.bytes.size() == cut) {
            cuts.remove(cut);
            return null;
        }
        if (upload.bytes.size() == upload.length) {
            String sha256 = Sha256.hex(upload.bytes.toByteArray());
            if (hashMismatches > 0 || !sha256.equals(upload.metadata.get("sha256"))) {
                hashMismatches--;
                uploads.remove(runId);
                return Answer.error(422, "HASH_MISMATCH");
            }
            accept(runId, upload, sha256);
        }
        return new Answer(204, Map.of("Upload-Offset", Integer.toString(upload.bytes.size())), new byte[0]);
    }

    private void accept(String runId, Upload upload, String sha256) {
        if (upload.accepted) {
            return;
        }
        uploads.forEach((other, earlier) -> {
            if (earlier.accepted
                    && sha256.equals(earlier.metadata.get("sha256"))
                    && earlier.metadata.get("options").equals(upload.metadata.get("options"))) {
                upload.duplicateOf = other;
            }
        });
        upload.accepted = true;
        upload.state = upload.duplicateOf.isEmpty() ? "done" : "duplicate";
        notifyAll();
    }

    private String state(Upload upload) {
        return upload.accepted && holdsRuns && !upload.state.equals("failed") ? "accepted" : upload.state;
    }

    private synchronized Answer ended(JsonTree question) {
        long until = System.nanoTime() + question.at("wait").whole() * 1_000_000_000L;
        while (true) {
            List<Object> runs = new ArrayList<>();
            for (JsonTree runId : question.at("runs").items()) {
                Upload upload = uploads.get(runId.text());
                if (upload == null) {
                    runs.add(Map.of("run_id", runId.text(), "state", "unknown"));
                } else if (!List.of("uploading", "accepted").contains(state(upload))) {
                    runs.add(json(runId.text(), upload));
                }
            }
            long left = (until - System.nanoTime()) / 1_000_000;
            if (!runs.isEmpty() || left <= 0) {
                return Answer.json(200, Map.of("runs", runs));
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                return Answer.json(200, Map.of("runs", List.of()));
            }
        }
    }

    private synchronized Answer run(String runId) {
        Upload upload = uploads.get(runId);
        return upload == null ? Answer.error(404, "NOT_FOUND") : Answer.json(200, json(runId, upload));
    }

    private Map<String, Object> json(String runId, Upload upload) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("run_id", runId);
        run.put("shop", "north");
        run.put("state", state(upload));
        run.put("sha256", upload.metadata.get("sha256"));
        run.put("duplicate_of", upload.duplicateOf);
        if (!upload.reason.isEmpty()) {
            run.put("reason", Map.of("code", upload.reason, "message", "it failed", "hint", ""));
        }
        if (state(upload).equals("done")) {
            List<Object> files = new ArrayList<>();
            files(runId)
                    .forEach((name, bytes) ->
                            files.add(Map.of("file", name, "bytes", (long) bytes.length, "sha256", Sha256.hex(bytes))));
            run.put("files", files);
        }
        return run;
    }

    private synchronized Answer file(String runId, String name) {
        byte[] bytes = files(runId).get(name);
        if (bytes == null) {
            return Answer.error(404, "NOT_FOUND");
        }
        if (wrongBytes > 0) {
            wrongBytes--;
            bytes = bytes.clone();
            bytes[0]++;
        }
        return new Answer(200, Map.of(), bytes);
    }

    private synchronized Answer contact(String name, byte[] body) throws IOException {
        contacts.put(name, new JsonTree(Json.read(body)));
        return Answer.of(204);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
