package dynoai.dashboard.api;

import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.schemas.access.Caller;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the server and who may request it.
 *
 * @param path its parts after the first slash; variable ones as {@code {name}}. One that is named {@value #SHOP} must be a shop that
 *     the caller sees
 */
record Route(String path, Need need, Answer answer) {
    private static final String SHOP = "shop";

    /** Answers a request. */
    @FunctionalInterface
    interface Answer {
        Response of(Call call) throws HttpException, IOException, UnsafePathException, InvalidRunFolderException;
    }

    /** Returns the variable parts of a path by name; empty if it is the path of another route. */
    Optional<Map<String, String>> match(List<String> parts) {
        String[] own = path.split("/", -1);
        if (own.length != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> ids = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            if (own[i].startsWith("{")) {
                ids.put(own[i].substring(1, own[i].length() - 1), parts.get(i));
            } else if (!own[i].equals(parts.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(ids);
    }

    /** Checks the caller before anything of the request is looked up. */
    Response answer(Request request, Map<String, String> ids, Views views)
            throws HttpException, IOException, UnsafePathException, InvalidRunFolderException {
        Caller caller = request.caller();
        need.check(caller);
        if (ids.containsKey(SHOP) && !caller.isOperator() && !caller.shop().equals(ids.get(SHOP))) {
            throw notFound();
        }
        return answer.of(new Call(request, ids, () -> views.of(caller)));
    }

    static HttpException notFound() {
        return HttpException.notFound("no such path, run or file");
    }
}
