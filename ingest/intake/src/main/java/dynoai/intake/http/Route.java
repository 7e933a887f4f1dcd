package dynoai.intake.http;

import dynoai.schemas.access.Role;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A method of a path.
 *
 * @param pattern such as {@code /v1/runs/{run_id}}; a last part {@code {path}} is one file name like any other part
 * @param roles any of which is needed; empty if no credential is needed
 * @param download whether the limit of downloads counts
 * @param headers of every reply, errors included
 */
public record Route(
        String method,
        String pattern,
        Optional<Set<Role>> roles,
        boolean download,
        Map<String, String> headers,
        RouteHandler handler) {

    /** Serves a request. It must not wait for the client. */
    @FunctionalInterface
    public interface RouteHandler {
        CompletionStage<Reply> handle(Exchange exchange) throws RequestException, IOException;
    }

    /** Returns a route for callers with one of the roles. */
    public static Route of(String method, String pattern, Set<Role> roles, RouteHandler handler) {
        return new Route(method, pattern, Optional.of(roles), false, Map.of(), handler);
    }

    /** Returns a route that needs no credential. */
    public static Route open(String method, String pattern, RouteHandler handler) {
        return new Route(method, pattern, Optional.empty(), false, Map.of(), handler);
    }

    /** Returns a route to files of a run. */
    public static Route download(String pattern, Set<Role> roles, RouteHandler handler) {
        return new Route("GET", pattern, Optional.of(roles), true, Map.of(), handler);
    }

    /** Returns the same with headers for every reply. */
    public Route with(Map<String, String> always) {
        return new Route(method, pattern, roles, download, always, handler);
    }

    boolean hasParameters() {
        return pattern.indexOf('{') >= 0;
    }

    /** Returns the parameters in a path; empty if the path is another one. */
    Optional<Map<String, String>> match(List<String> path) {
        List<String> parts = Exchange.split(pattern);
        if (parts.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.startsWith("{")) {
                parameters.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
