package dynoai.agent.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/** The address of an intake, without a slash at its end. Credentials are sent there, so it is HTTPS unless it is this machine. */
public record IntakeAddress(URI uri) {

    /** @throws IllegalArgumentException if it is not the address of an intake; the message says what would be */
    public static IntakeAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not an address; give https://HOST[:PORT]", e);
        }
        if (uri.getHost() == null
                || uri.getScheme() == null
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null) {
            throw new IllegalArgumentException("'" + text + "' is not an address; give https://HOST[:PORT]");
        }
        boolean plain = uri.getScheme().equalsIgnoreCase("http");
        if (!plain && !uri.getScheme().equalsIgnoreCase("https")) {
            throw new IllegalArgumentException("'" + text + "' is not an address; give https://HOST[:PORT]");
        }
        if (plain && !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException(
                    "'" + text + "' would send the token unprotected; give https://HOST[:PORT]");
        }
        return new IntakeAddress(uri);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Returns the address of a path that begins with a slash. */
    URI resolve(String path) {
        return URI.create(uri + path);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
