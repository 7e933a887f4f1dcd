package dynoai.intake.http;

import dynoai.schemas.access.Caller;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** A request with what was found out about it. */
public final class Exchange {
    private static final List<X509Certificate> NO_CERTIFICATES = List.of();

    private final Request request;
    private final HttpLimits limits;
    private final List<String> path;
    private final Map<String, String> query;
    private Map<String, String> parameters = Map.of();
    private volatile @Nullable Caller caller;
    private volatile String subject = "";

    Exchange(Request request, HttpLimits limits) throws RequestException {
        this.request = request;
        this.limits = limits;
        try {
            this.path = split(Objects.requireNonNullElse(request.getHttpURI().getPath(), "")).stream()
                    .map(URIUtil::decodePath)
                    .toList();
            this.query = query(request);
        } catch (IllegalArgumentException e) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, "the path or the query is not valid");
        }
    }

    private static Map<String, String> query(Request request) throws RequestException {
        Map<String, String> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request, StandardCharsets.UTF_8)) {
            if (field.hasMultipleValues()) {
                throw new RequestException(
                        ErrorCode.INVALID_REQUEST, "the query has '" + field.getName() + "' more than once");
            }
            query.put(field.getName(), field.getValue());
        }
        return query;
    }

    static List<String> split(String path) {
        return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
    }

    public String method() {
        return request.getMethod();
    }

    /** The parts of the path, decoded. */
    List<String> path() {
        return path;
    }

    /** The path as it was sent. */
    public String target() {
        return Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
    }

    /** The query, in its order. */
    public Map<String, String> query() {
        return query;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    void setParameters(Map<String, String> inPath) {
        parameters = inPath;
    }

    /** Returns a parameter of the route's pattern. */
    public String parameter(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    /** Names the caller, as soon as it is proved. */
    public void setCaller(Caller proved) {
        caller = proved;
    }

    /** Who sends the request. */
    public Caller caller() {
        return Objects.requireNonNull(caller, "the route needs no credential");
    }

    /** Who sends the request; empty if that was not proved. */
    public Optional<Caller> findCaller() {
        return Optional.ofNullable(caller);
    }

    /** Names the run that the request concerns, for the audit line. */
    public void concerns(String runId) {
        subject = runId;
    }

    /** The run that the request concerns; empty if it is not known. */
    public String subject() {
        return subject;
    }

    public String remoteAddress() {
        return Request.getRemoteAddr(request);
    }

    /** The client's certificates, its own first. They were checked when the connection was made. */
    public List<X509Certificate> certificates() {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session
                        && session.peerCertificates() != null
                ? List.of(session.peerCertificates())
                : NO_CERTIFICATES;
    }

    /** The length of the body as announced; -1 if it is not. */
    public long length() {
        return request.getLength();
    }

    /** Receives the body. */
    public CompletionStage<BodyEnd> receive(BodySink sink) {
        BodyReceiver receiver = new BodyReceiver(request, limits, sink);
        receiver.run();
        return receiver.end();
    }

    /** Receives a body that must be small and whole. */
    public CompletionStage<byte[]> receiveSmall(int maxBytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        return receive(bytes -> {
                    if (body.size() + bytes.remaining() > maxBytes) {
                        throw new RequestException(
                                ErrorCode.TOO_LARGE, "the body is larger than " + maxBytes + " bytes");
                    }
                    byte[] part = new byte[bytes.remaining()];
                    bytes.get(part);
                    body.writeBytes(part);
                })
                .thenCompose(end -> Failures.completed(() -> {
                    requireWhole(end);
                    return body.toByteArray();
                }));
    }

    /** @throws RequestException unless all bytes of the body arrived */
    public static void requireWhole(BodyEnd end) throws RequestException {
        if (end == BodyEnd.TOO_SLOW) {
            throw new RequestException(ErrorCode.REQUEST_TOO_SLOW, "the body arrives too slowly");
        }
        if (end == BodyEnd.CUT) {
            throw new RequestException(ErrorCode.BODY_INCOMPLETE, "the connection ended before the body");
        }
    }

    /** Runs something once the reply is sent, or cannot be sent. */
    void whenCompleted(Runnable end) {
        Request.addCompletionListener(request, failure -> end.run());
    }

    /** Closes the connection. A body that is being received ends with {@link BodyEnd#CUT}. */
    public void cut() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
}
