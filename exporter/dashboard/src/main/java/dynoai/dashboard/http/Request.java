package dynoai.dashboard.http;

import dynoai.schemas.access.Caller;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param path the parts of the path, decoded
 * @param query the parameters, decoded; the last of equal names counts
 * @param ifNoneMatch the If-None-Match header; empty if it is missing
 * @param caller who sends it
 */
public record Request(List<String> path, Map<String, String> query, String ifNoneMatch, Caller caller) {
    private static final int MAX_PARAMETERS = 32;

    /** The sender of a request without a valid token. It may see no shop. */
    private static final Caller UNKNOWN = new Caller("", Set.of(), "");

    /**
     * @param target the path and the query, as sent
     * @throws HttpException when the address is malformed
     */
    static Request of(String target, @Nullable String ifNoneMatch) throws HttpException {
        if (!target.startsWith("/")) {
            throw HttpException.badRequest("malformed address");
        }
        try {
            int question = target.indexOf('?');
            Map<String, String> query = new HashMap<>();
            if (question >= 0) {
                for (String pair : target.substring(question + 1).split("&", MAX_PARAMETERS)) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    query.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
            String path = target.substring(1, question < 0 ? target.length() : question);
            List<String> parts = List.of(path.split("/", -1)).stream()
                    .map(part -> decoded(part.replace("+", "%2B")))
                    .toList();
            return new Request(parts, query, ifNoneMatch == null ? "" : ifNoneMatch, UNKNOWN);
        } catch (IllegalArgumentException ignored) { // It would only repeat part of the address.
            throw HttpException.badRequest("malformed address");
        }
    }

    Request by(Caller sender) {
        return new Request(path, query, ifNoneMatch, sender);
    }

    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** @throws HttpException when the parameter is not a whole number from 1 to max */
    public int number(String name, int defaultValue, int max) throws HttpException {
        String text = parameter(name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Rejected below, like a number that is too large.
        }
        throw HttpException.badRequest(name + " must be a whole number from 1 to " + max);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
