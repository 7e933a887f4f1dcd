package dynoai.dashboard.http;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may send requests. On a loopback address every local user, provided that the Host header names this machine, which
 * rules out DNS rebinding. On any other address the holders of the access token.
 */
public final class Access {
    static final String COOKIE = "dynoai_token";

    private static final String BEARER = "Bearer ";
    private static final int MIN_TOKEN_CHARACTERS = 16;

    private final @Nullable String token;
    private final boolean loopback;
    private final String hostName;

    private Access(@Nullable String token, boolean loopback, String hostName) {
        this.token = token;
        this.loopback = loopback;
        this.hostName = hostName;
    }

    /** @throws IllegalArgumentException when the address is not loopback and the token is missing or too short */
    public static Access of(InetAddress address, @Nullable String token) {
        if (!address.isLoopbackAddress() && (token == null || token.length() < MIN_TOKEN_CHARACTERS)) {
            throw new IllegalArgumentException(
                    "an address other than loopback needs a token of at least " + MIN_TOKEN_CHARACTERS + " characters");
        }
        // The configured name, without a reverse lookup.
        String text = address.toString();
        return new Access(
                token,
                address.isLoopbackAddress(),
                text.substring(0, text.indexOf('/')).toLowerCase(Locale.ROOT));
    }

    /** For content that needs no protection. */
    public static Access everyone() {
        return new Access(null, false, "");
    }

    /** Whether the Host header names this server. */
    boolean isKnownHost(Headers headers) {
        @Nullable String header = headers.getFirst("Host");
        if (!loopback || header == null) {
            return true;
        }
        String host = header.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}")
                || !hostName.isEmpty() && host.equals(hostName);
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

    /** Compares in constant time. */
    boolean isToken(String given) {
        return token != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
