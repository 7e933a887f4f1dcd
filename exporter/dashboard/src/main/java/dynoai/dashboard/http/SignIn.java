package dynoai.dashboard.http;

import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.file.SecretFile;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, by a token in the Authorization header, or by the session that a browser began with one. A session ends with the
 * validity of its token. Thread-safe.
 */
public final class SignIn {
    static final String COOKIE = "dynoai_session";
    static final String FORM_TYPE = "application/x-www-form-urlencoded";
    static final long MAX_FORM_BYTES = 4 << 10;

    private static final String SIGN_OUT = "/sign-out";
    private static final String TOKEN_FIELD = "token=";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";
    private static final int MAX_SESSIONS = 10_000;
    private static final int MAX_SESSIONS_OF_TOKEN = 20;

    private final Credentials credentials;

    /** Callers by the id of their session, the oldest first. */
    private final Map<String, Caller> sessions = new LinkedHashMap<>();

    public SignIn(Credentials credentials) {
        this.credentials = credentials;
    }

    Optional<Caller> callerOf(RequestHead request) {
        @Nullable String bearer = request.bearer();
        if (bearer != null) {
            return credentials.find(bearer);
        }
        return sessionOf(request).filter(this::isValid);
    }

    /** Whether the token of a caller is still valid. */
    boolean isValid(Caller caller) {
        return credentials.isValid(caller.credential());
    }

    private synchronized Optional<Caller> sessionOf(RequestHead request) {
        return Optional.ofNullable(request.cookie(COOKIE)).map(sessions::get);
    }

    /** Takes the form of the page to sign in on, or the one to sign out. */
    Body receive(RequestHead request) {
        return new Form(request);
    }

    private Response answer(RequestHead request, String form) throws HttpException {
        boolean secure = String.valueOf(request.header("origin")).startsWith("https://");
        String attributes = ATTRIBUTES + (secure ? "; Secure" : "");
        if (request.target().equals(SIGN_OUT)) {
            end(request);
            return new Response.Redirect("/", COOKIE + "=" + attributes + "; Max-Age=0");
        }
        Caller caller = form.startsWith(TOKEN_FIELD)
                ? credentials
                        .find(decoded(form.substring(TOKEN_FIELD.length())))
                        .orElseThrow(this::unauthenticated)
                : null;
        if (caller == null) {
            throw unauthenticated();
        }
        return new Response.Redirect(ownPage(request.target()), COOKIE + "=" + begin(caller) + attributes);
    }

    /** A browser takes two slashes at the start as another server. */
    private static String ownPage(String target) {
        return target.startsWith("//") || target.startsWith("/\\") ? "/" : target;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException ignored) {
            return ""; // Not a token.
        }
    }

    /** Why a request is refused. Before the credentials are read, a valid token is not known to be one. */
    HttpException unauthenticated() {
        return credentials.isKnown()
                ? new HttpException(401, "a valid token is required: send it as a Bearer token")
                : new HttpException(503, "the credentials are not read yet: try again in a few seconds");
    }

    private synchronized String begin(Caller caller) {
        String id = SecretFile.newSecret();
        List<String> ofToken = sessions.entrySet().stream()
                .filter(session -> session.getValue().credential().equals(caller.credential()))
                .map(Map.Entry::getKey)
                .toList();
        if (ofToken.size() >= MAX_SESSIONS_OF_TOKEN) {
            sessions.remove(ofToken.get(0));
        } else if (sessions.size() >= MAX_SESSIONS) {
            sessions.values().removeIf(each -> !isValid(each));
            sessions.remove(sessions.keySet().stream().findFirst().orElse(""));
        }
        sessions.put(id, caller);
        return id;
    }

    private synchronized void end(RequestHead request) {
        sessions.remove(String.valueOf(request.cookie(COOKIE)));
    }

    private final class Form implements Body {
        private final RequestHead request;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Form(RequestHead request) {
            this.request = request;
        }

        @Override
        public void write(ByteBuffer part) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public Response answer() throws HttpException {
            return SignIn.this.answer(request, bytes.toString(StandardCharsets.US_ASCII));
        }

        @Override
        public void discard() {
            bytes.reset();
        }
    }
}
