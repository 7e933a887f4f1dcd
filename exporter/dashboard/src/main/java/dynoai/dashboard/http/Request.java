package dynoai.dashboard.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked.
 *
 * @param path its parts, decoded
 * @param query its parameters, decoded; the last of equal names counts
 * @param ifNoneMatch the tag of what the asker has already; empty when none
 */
public record Request(List<String> path, Map<String, String> query, String ifNoneMatch) {
    private static final int MOST_PARAMETERS = 32;

    /** @throws HttpException when the address is badly written */
    static Request of(String rawPath, @Nullable String rawQuery, @Nullable String ifNoneMatch) throws HttpException {
        try {
            Map<String, String> query = new HashMap<>();
            if (rawQuery != null) {
                for (String pair : rawQuery.split("&", MOST_PARAMETERS)) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    query.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
            String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
            List<String> parts = List.of(path.split("/", -1)).stream()
                    .map(part -> decoded(part.replace("+", "%2B")))
                    .toList();
            return new Request(parts, query, ifNoneMatch == null ? "" : ifNoneMatch);
        } catch (IllegalArgumentException badlyWritten) {
            throw HttpException.badRequest("the address is badly written");
        }
    }

    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** @throws HttpException when it is no whole number from 1 to the highest */
    public int number(String name, int otherwise, int highest) throws HttpException {
        String text = parameter(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Refused below, as one that is too large.
        }
        throw HttpException.badRequest(name + " must be a whole number from 1 to " + highest);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
