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
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(414, "URI Too Long"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    private final Access access;
    private final Handler handler;
    private final int maxStreams;
    private final Semaphore streams;

    Responder(Access access, Handler handler, int maxStreams) {
        this.access = access;
        this.handler = handler;
        this.maxStreams = maxStreams;
        this.streams = new Semaphore(maxStreams);
    }

    int openStreams() {
        return maxStreams - streams.availablePermits();
    }

    /** @param local the address of this machine that the connection came to */
    Reply reply(RequestHead head, InetAddress local) {
        boolean last = !head.persistent();
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            return answer(head, local, headers);
        } catch (HttpException e) {
            return ofBytes(last, head, headers, error(e));
        } catch (RuntimeException | IOException e) {
            return ofBytes(last, head, headers, Response.text(500, "internal error: " + e));
        }
    }

    /** Answers what is not a request; the connection ends. */
    static Reply rejection(HttpException e) {
        Response.Bytes error = error(e);
        return Reply.ofBytes(true, head(error.status(), true, headersOf(error), error.body().length), error.body());
    }

    private static Response.Bytes error(HttpException e) {
        return Response.text(e.status(), String.valueOf(e.getMessage()));
    }

    private Reply answer(RequestHead head, InetAddress local, Map<String, String> headers)
            throws HttpException, IOException {
        if (!access.isKnownHost(head.host(), local)) {
            throw new HttpException(421, "unknown Host header: --page-name adds a name");
        }
        if (!METHODS.contains(head.method())) {
            headers.put("Allow", "GET, HEAD");
            throw new HttpException(405, "only GET and HEAD are allowed");
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
        if (!probe && !access.isAllowed(head)) {
            headers.put("WWW-Authenticate", "Bearer");
            throw new HttpException(401, "access token required: open /?token=… once, or send it as a Bearer token");
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
