package dynoai.dashboard.http;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. On loopback everyone on this machine, as long as the browser meant this machine: a page elsewhere whose name
 * was turned to 127.0.0.1 sends its own name. On any other address whoever has the token.
 */
public final class Access {
    static final String COOKIE = "dynoai_token";

    private static final String BEARER = "Bearer ";
    private static final int SHORTEST_TOKEN = 16;

    private final @Nullable String token;
    private final boolean loopback;
    private final String name;

    private Access(@Nullable String token, boolean loopback, String name) {
        this.token = token;
        this.loopback = loopback;
        this.name = name;
    }

    /** @throws IllegalArgumentException when the address can be reached from elsewhere and there is no good token */
    public static Access of(InetAddress address, @Nullable String token) {
        if (!address.isLoopbackAddress() && (token == null || token.length() < SHORTEST_TOKEN)) {
            throw new IllegalArgumentException(
                    "an address that others can reach needs a token of at least " + SHORTEST_TOKEN + " characters");
        }
        // The name it was given, without asking anybody for one.
        String text = address.toString();
        return new Access(
                token,
                address.isLoopbackAddress(),
                text.substring(0, text.indexOf('/')).toLowerCase(Locale.ROOT));
    }

    /** For what tells nothing worth keeping. */
    public static Access everyone() {
        return new Access(null, false, "");
    }

    /** Whether the browser meant this server. */
    boolean isMeant(Headers headers) {
        @Nullable String host = headers.getFirst("Host");
        if (!loopback || host == null) {
            return true;
        }
        String asked = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return asked.equals("localhost")
                || asked.equals("[::1]")
                || asked.matches("127(\\.\\d{1,3}){3}")
                || !name.isEmpty() && asked.equals(name);
    }

    boolean isAllowed(Headers headers) {
        if (token == null) {
            return true;
        }
        @Nullable String authorization = headers.getFirst("Authorization");
        if (authorization != null && authorization.startsWith(BEARER)) {
            return isToken(authorization.substring(BEARER.length()));
        }
        @Nullable String cookies = headers.getFirst("Cookie");
        for (String cookie : cookies == null ? new String[0] : cookies.split(";\\s*")) {
            if (cookie.startsWith(COOKIE + "=")) {
                return isToken(cookie.substring(COOKIE.length() + 1));
            }
        }
        return false;
    }

    /** Compared in constant time. */
    boolean isToken(String given) {
        return token != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
