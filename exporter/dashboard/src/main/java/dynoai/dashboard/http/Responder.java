package dynoai.dashboard.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Checks requests, has them answered by a handler, and writes the heads of the responses. */
final class Responder {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String POST = "POST";
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(411, "Length Required"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(507, "Insufficient Storage"));

    private final Access access;
    private final Handler handler;
    private final int maxStreams;
    private final Semaphore streams;
    private final Semaphore bodies;

    Responder(Access access, Handler handler, Limits limits) {
        this.access = access;
        this.handler = handler;
        this.maxStreams = limits.streams();
        this.streams = new Semaphore(maxStreams);
        this.bodies = new Semaphore(limits.bodies());
    }

    int openStreams() {
        return maxStreams - streams.availablePermits();
    }

    /**
     * @param local the address of this machine that the connection came to
     * @param remote the address of the client
     */
    Exchange exchange(RequestHead head, InetAddress local, InetAddress remote) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (head.method().equals(POST) && access.takesPosts()) {
            String sender = remote.getHostAddress();
            try {
                checkHost(head, local);
                checkToken(head, headers);
                sender += access.tokenMark();
                access.checkPost(head);
                return Exchange.of(receive(head, sender, headers));
            } catch (HttpException | RuntimeException | IOException e) {
                return Exchange.of(denial(head, sender, headers, e));
            }
        }
        try {
            return Exchange.of(answer(head, local, headers));
        } catch (HttpException | RuntimeException | IOException e) {
            return Exchange.of(ofBytes(!head.persistent(), head, headers, error(e, headers)));
        }
    }

    private Incoming receive(RequestHead head, String sender, Map<String, String> headers)
            throws HttpException, IOException {
        Request request = Request.of(head.target(), null);
        long length = head.bodyLength();
        @Nullable String expected = head.header("expect");
        if (expected != null && !head.expectsContinue()) {
            throw new HttpException(417, "unknown expectation");
        }
        if (!bodies.tryAcquire()) {
            headers.put("Retry-After", "10");
            throw new HttpException(503, "too many requests with a body at the same time");
        }
        boolean accepted = false;
        try {
            Body body = handler.receive(new Post(request, head.contentType(), length, sender));
            accepted = true;
            return new Incoming(head, sender, body, length, bodies::release);
        } finally {
            if (!accepted) {
                bodies.release();
            }
        }
    }

    /** Answers a request whose body has arrived. */
    Reply answer(Incoming incoming) {
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            Response.Bytes response = (Response.Bytes) incoming.answer();
            return ofBytes(true, incoming.head(), headers, response);
        } catch (HttpException | RuntimeException | IOException e) {
            return denial(incoming.head(), incoming.sender(), headers, e);
        }
    }

    /** Answers a request whose body could not be taken. */
    Reply failed(Incoming incoming, IOException e) {
        return denial(incoming.head(), incoming.sender(), new LinkedHashMap<>(), e);
    }

    private Reply denial(RequestHead head, String sender, Map<String, String> headers, Exception e) {
        Response.Bytes error = error(e, headers);
        handler.refused(head.target(), sender, error.status(), String.valueOf(e.getMessage()));
        return ofBytes(true, head, headers, error);
    }

    /** Answers what is not a request; the connection ends. */
    static Reply rejection(HttpException e) {
        Response.Bytes error = error(e, Map.of());
        return Reply.ofBytes(true, head(error.status(), true, headersOf(error), error.body().length), error.body());
    }

    private static Response.Bytes error(Exception e, Map<String, String> headers) {
        if (!(e instanceof HttpException known)) {
            return Response.text(500, "internal error: " + e);
        }
        if (!known.allow().isEmpty()) {
            headers.put("Allow", known.allow());
        }
        return Response.text(known.status(), String.valueOf(e.getMessage()));
    }

    private void checkHost(RequestHead head, InetAddress local) throws HttpException {
        if (!access.isKnownHost(head.host(), local)) {
            throw new HttpException(421, "unknown Host header: --page-name adds a name");
        }
    }

    private void checkToken(RequestHead head, Map<String, String> headers) throws HttpException {
        if (!access.isAllowed(head)) {
            headers.put("WWW-Authenticate", "Bearer");
            throw new HttpException(401, "access token required: open /?token=… once, or send it as a Bearer token");
        }
    }

    private Reply answer(RequestHead head, InetAddress local, Map<String, String> headers)
            throws HttpException, IOException {
        checkHost(head, local);
        if (!READING.contains(head.method())) {
            throw HttpException.notAllowed("GET, HEAD");
        }
        if (head.hasBody()) {
            throw HttpException.badRequest("a request must not have a body");
        }
        Request request = Request.of(head.target(), head.header("if-none-match"));
        if (access.isToken(request.parameter("token"))) {
            headers.put(
                    "Set-Cookie",
                    Access.COOKIE + "=" + request.parameter("token") + "; Path=/; HttpOnly; SameSite=Strict");
            headers.put("Location", "/");
            return ofBytes(!head.persistent(), head, headers, new Response.Bytes(303, "text/plain", new byte[0], ""));
        }
        boolean probe = request.path().get(0).equals("health");
        if (!probe) {
            checkToken(head, headers);
        }
        Response response = handler.answer(request);
        if (response instanceof Response.Bytes bytes) {
            boolean unchanged = !bytes.tag().isEmpty() && request.ifNoneMatch().equals(bytes.tag());
            return ofBytes(
                    !head.persistent(),
                    head,
                    headers,
                    unchanged ? new Response.Bytes(304, bytes.contentType(), new byte[0], bytes.tag()) : bytes);
        }
        return response instanceof Response.Download download
                ? ofFile(head, headers, download.file())
                : ofStream(head, headers, ((Response.Stream) response).events());
    }

    private static Reply ofBytes(boolean last, RequestHead head, Map<String, String> headers, Response.Bytes response) {
        headers.putAll(headersOf(response));
        byte[] start = head(response.status(), last, headers, response.body().length);
        return Reply.ofBytes(last, start, isHead(head) ? new byte[0] : response.body());
    }

    private static Reply ofFile(RequestHead head, Map<String, String> headers, Path path) throws IOException {
        boolean last = !head.persistent();
        String name = path.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Content-Disposition", "attachment; filename=\"" + name + '"');
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            long size = file.size();
            return Reply.ofFile(last, head(200, last, headers, size), file, isHead(head) ? 0 : size);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private Reply ofStream(RequestHead head, Map<String, String> headers, EventStream.Source source)
            throws HttpException {
        if (!streams.tryAcquire()) {
            headers.put("Retry-After", "10");
            throw new HttpException(503, "too many open event streams");
        }
        @Nullable String lastEventId = head.header("last-event-id");
        headers.put("Content-Type", "text/event-stream");
        byte[] start = head(200, true, headers, -1);
        if (isHead(head)) {
            streams.release();
            return Reply.ofBytes(true, start, new byte[0]);
        }
        String id = lastEventId == null ? "" : lastEventId;
        long now = System.nanoTime();
        EventStream stream = new EventStream(source, id, now, streams::release);
        try {
            return Reply.ofStream(start, stream, now);
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static boolean isHead(RequestHead head) {
        return head.method().equals("HEAD");
    }

    private static Map<String, String> headersOf(Response.Bytes response) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", response.contentType());
        if (!response.tag().isEmpty()) {
            headers.put("ETag", response.tag());
        }
        return headers;
    }

    /** @param length of the body; -1 if the end of the connection ends it */
    private static byte[] head(int status, boolean last, Map<String, String> headers, long length) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        all.put("Content-Security-Policy", CONTENT_POLICY);
        all.put("X-Content-Type-Options", "nosniff");
        all.put("Referrer-Policy", "no-referrer");
        all.put("Cross-Origin-Resource-Policy", "same-origin");
        all.put("Cache-Control", "no-cache");
        if (last) {
            all.put("Connection", "close");
        }
        if (length >= 0 && status != 304) {
            all.put("Content-Length", Long.toString(length));
        }
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + ' ' + REASONS.getOrDefault(status, "") + "\r\n");
        all.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
