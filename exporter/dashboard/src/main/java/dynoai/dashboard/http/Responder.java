package dynoai.dashboard.http;

import dynoai.schemas.access.Caller;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks requests, has them answered by a handler, and writes the heads of the responses. */
final class Responder {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String POST = "POST";
    private static final int UNAUTHORIZED = 401;
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
    private final Shares streams;
    private final Shares bodies;

    Responder(Access access, Handler handler, Limits limits) {
        this.access = access;
        this.handler = handler;
        this.streams = new Shares(limits.streams());
        this.bodies = new Shares(limits.bodies());
    }

    int openStreams() {
        return streams.taken();
    }

    /**
     * @param local the address of this machine that the connection came to
     * @param remote the address of the client
     */
    Exchange exchange(RequestHead head, InetAddress local, InetAddress remote) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (head.method().equals(POST) && (access.takesPosts() || access.signIn() != null)) {
            String sender = remote.getHostAddress();
            try {
                checkHost(head, local);
                Request request = Request.of(head.target(), null);
                @Nullable SignIn signIn = access.signIn();
                if (signIn != null && handler.signInPage(request).isPresent()) {
                    access.checkOrigin(head);
                    return Exchange.of(receive(head, request, sender, headers, post -> {
                        post.check(SignIn.FORM_TYPE, SignIn.MAX_FORM_BYTES);
                        return signIn.receive(head);
                    }));
                }
                Caller caller = access.callerOf(head).orElseThrow(this::unauthorized);
                sender += caller.credential().isEmpty() ? "" : " " + caller.credential();
                if (!access.takesPosts()) {
                    throw HttpException.notAllowed("GET, HEAD");
                }
                access.checkPost(head);
                return Exchange.of(receive(head, request.by(caller), sender, headers, handler::receive));
            } catch (HttpException | RuntimeException | IOException e) {
                return Exchange.of(denial(head, sender, headers, e));
            }
        }
        try {
            return Exchange.of(answer(head, local, headers));
        } catch (HttpException | RuntimeException | IOException e) {
            return Exchange.of(ofBytes(!head.persistent(), head, headers, error(head, e, headers)));
        }
    }

    /** Takes the body of a POST. */
    @FunctionalInterface
    private interface Receiver {
        Body receive(Post post) throws HttpException, IOException;
    }

    private Incoming receive(
            RequestHead head, Request request, String sender, Map<String, String> headers, Receiver receiver)
            throws HttpException, IOException {
        long length = head.bodyLength();
        @Nullable String expected = head.header("expect");
        if (expected != null && !head.expectsContinue()) {
            throw new HttpException(417, "unknown expectation");
        }
        if (!bodies.tryTake(request.caller())) {
            headers.put("Retry-After", "10");
            throw new HttpException(503, "too many requests with a body at the same time");
        }
        boolean accepted = false;
        try {
            Body body = receiver.receive(new Post(request, head.contentType(), length, sender));
            accepted = true;
            return new Incoming(head, sender, body, length, () -> bodies.release(request.caller()));
        } finally {
            if (!accepted) {
                bodies.release(request.caller());
            }
        }
    }

    /** Answers a request whose body has arrived. */
    Reply answer(Incoming incoming) {
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            return ofBytes(true, incoming.head(), headers, bytes(incoming.answer(), headers));
        } catch (HttpException | RuntimeException | IOException e) {
            return denial(incoming.head(), incoming.sender(), headers, e);
        }
    }

    /** Answers a request whose body could not be taken. */
    Reply failed(Incoming incoming, IOException e) {
        return denial(incoming.head(), incoming.sender(), new LinkedHashMap<>(), e);
    }

    private static Response.Bytes bytes(Response response, Map<String, String> headers) {
        if (response instanceof Response.Redirect redirect) {
            headers.put("Set-Cookie", redirect.cookie());
            headers.put("Location", redirect.location());
            return new Response.Bytes(303, "text/plain", new byte[0], "");
        }
        return (Response.Bytes) response;
    }

    private Reply denial(RequestHead head, String sender, Map<String, String> headers, Exception e) {
        Response.Bytes error = error(head, e, headers);
        handler.refused(head.target(), sender, error.status(), String.valueOf(e.getMessage()));
        return ofBytes(true, head, headers, error);
    }

    /** Answers what is not a request; the connection ends. */
    static Reply rejection(HttpException e) {
        Response.Bytes error = Response.text(e.status(), String.valueOf(e.getMessage()));
        return Reply.ofBytes(true, head(error.status(), true, headersOf(error), error.body().length), error.body());
    }

    private Response.Bytes error(RequestHead head, Exception e, Map<String, String> headers) {
        if (!(e instanceof HttpException known)) {
            // Of a failure a shop sees nothing: it may name other shops.
            boolean shown = access.callerOf(head).filter(Caller::isOperator).isPresent();
            return Response.text(500, "internal error" + (shown ? ": " + e : ""));
        }
        if (known.status() == UNAUTHORIZED) {
            headers.put("WWW-Authenticate", "Bearer");
            if (access.signIn() != null) {
                return signInPage(head).orElseGet(() -> Response.text(UNAUTHORIZED, String.valueOf(e.getMessage())));
            }
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

    private Optional<Response.Bytes> signInPage(RequestHead head) {
        try {
            return handler.signInPage(Request.of(head.target(), null));
        } catch (HttpException ignored) {
            return Optional.empty(); // The address is malformed.
        }
    }

    private HttpException unauthorized() {
        @Nullable SignIn signIn = access.signIn();
        return signIn != null
                ? signIn.unauthenticated()
                : new HttpException(
                        UNAUTHORIZED, "access token required: open /?token=… once, or send it as a Bearer token");
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
            String cookie = Access.COOKIE + "=" + request.parameter("token") + "; Path=/; HttpOnly; SameSite=Strict";
            return ofBytes(!head.persistent(), head, headers, bytes(new Response.Redirect("/", cookie), headers));
        }
        Optional<Caller> caller = access.callerOf(head);
        if (caller.isEmpty() && !handler.isOpen(request)) {
            throw unauthorized();
        }
        Response response = handler.answer(caller.map(request::by).orElse(request));
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
                : ofStream(
                        head, headers, ((Response.Stream) response).events(), caller.orElseThrow(this::unauthorized));
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

    private Reply ofStream(RequestHead head, Map<String, String> headers, EventStream.Source source, Caller caller)
            throws HttpException {
        if (!streams.tryTake(caller)) {
            headers.put("Retry-After", "10");
            throw new HttpException(503, "too many open event streams");
        }
        @Nullable String lastEventId = head.header("last-event-id");
        headers.put("Content-Type", "text/event-stream");
        byte[] start = head(200, true, headers, -1);
        if (isHead(head)) {
            streams.release(caller);
            return Reply.ofBytes(true, start, new byte[0]);
        }
        String id = lastEventId == null ? "" : lastEventId;
        long now = System.nanoTime();
        EventStream stream =
                new EventStream(source, id, now, () -> access.isValid(caller), () -> streams.release(caller));
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
