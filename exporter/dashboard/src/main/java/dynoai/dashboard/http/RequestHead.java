package dynoai.dashboard.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request line and the headers of a request, checked for everything that servers and proxies read differently.
 *
 * @param target the path and the query, as sent
 * @param host the name or address in the Host header, in lower case and without the port
 * @param persistent whether the connection stays open after the response
 * @param headers by name in lower case; equal ones are joined with a comma
 */
record RequestHead(String method, String target, String host, boolean persistent, Map<String, String> headers) {
    private static final Pattern REQUEST_LINE = Pattern.compile("(\\S{1,32}) (\\S+) HTTP/1\\.([01])");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[\\w.~%!$&'()*+,;=-]*)(:\\d{0,5})?");
    private static final String ABSOLUTE = "http://";
    private static final String BEARER = "Bearer ";

    /** Those that may not be repeated. */
    private static final Set<String> SINGLE = Set.of("host", "content-length", "transfer-encoding");

    /**
     * @param lines the request line and the headers, without line ends
     * @throws HttpException with status 400
     */
    static RequestHead of(List<String> lines) throws HttpException {
        Matcher line = REQUEST_LINE.matcher(lines.get(0));
        if (!line.matches() || !TOKEN.matcher(line.group(1)).matches()) {
            throw HttpException.badRequest("malformed request line");
        }
        Map<String, String> headers = new HashMap<>();
        for (String header : lines.subList(1, lines.size())) {
            addTo(headers, header);
        }
        checkLength(headers);
        String target = line.group(2);
        @Nullable String authority = headers.get("host");
        if (authority == null) {
            throw HttpException.badRequest("missing Host header");
        }
        if (target.regionMatches(true, 0, ABSOLUTE, 0, ABSOLUTE.length())) {
            int slash = target.indexOf('/', ABSOLUTE.length());
            authority = target.substring(ABSOLUTE.length(), slash < 0 ? target.length() : slash);
            target = slash < 0 ? "/" : target.substring(slash);
        }
        Matcher host = HOST.matcher(authority.toLowerCase(Locale.ROOT));
        if (!host.matches()) {
            throw HttpException.badRequest("malformed Host header");
        }
        boolean persistent = line.group(3).equals("1")
                && !headers.getOrDefault("connection", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("close")
                && !hasBody(headers);
        return new RequestHead(line.group(1), target, host.group(1), persistent, headers);
    }

    private static void addTo(Map<String, String> headers, String line) throws HttpException {
        int colon = line.indexOf(':');
        if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
            throw HttpException.badRequest("malformed header"); // A folded one too: it begins with a space.
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            throw HttpException.badRequest("control character in a header");
        }
        if (headers.containsKey(name) && SINGLE.contains(name)) {
            throw HttpException.badRequest("repeated header " + name);
        }
        headers.merge(name, line.substring(colon + 1).strip(), (first, second) -> first + ", " + second);
    }

    private static void checkLength(Map<String, String> headers) throws HttpException {
        @Nullable String length = headers.get("content-length");
        @Nullable String encoding = headers.get("transfer-encoding");
        if (length != null && !length.matches("[0-9]{1,18}")
                || encoding != null && (length != null || !encoding.equalsIgnoreCase("chunked"))) {
            throw HttpException.badRequest("malformed Content-Length or Transfer-Encoding");
        }
    }

    private static boolean hasBody(Map<String, String> headers) {
        return headers.containsKey("transfer-encoding")
                || !headers.getOrDefault("content-length", "").matches("0*");
    }

    boolean hasBody() {
        return hasBody(headers);
    }

    /** @throws HttpException with status 411 if the length is not given */
    long bodyLength() throws HttpException {
        @Nullable String length = headers.get("content-length");
        if (length == null) {
            throw new HttpException(411, "a Content-Length is required");
        }
        return Long.parseLong(length);
    }

    /** Returns the media type in lower case, without parameters; empty if it is missing. */
    String contentType() {
        String type = headers.getOrDefault("content-type", "");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the client waits for an interim response before it sends the body. */
    boolean expectsContinue() {
        return headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue");
    }

    /** Returns the token in the Authorization header; null without one. */
    @Nullable
    String bearer() {
        @Nullable String authorization = headers.get("authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : null;
    }

    /** Returns the value of a cookie; null without it. */
    @Nullable
    String cookie(String name) {
        for (String cookie : headers.getOrDefault("cookie", "").split(";\\s*")) {
            if (cookie.startsWith(name + "=")) {
                return cookie.substring(name.length() + 1);
            }
        }
        return null;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }
}
