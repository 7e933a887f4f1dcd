package dynoai.dashboard.act;

import dynoai.dashboard.http.Response;
import dynoai.dashboard.runs.Fields;
import dynoai.schemas.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an act did.
 *
 * @param text for people
 * @param command the command line that does the same
 * @param fields for the page, such as the id of a new run
 */
record Done(String text, CommandLineText command, Map<String, @Nullable Object> fields) {
    Response response() {
        Fields all = new Fields().put("done", text).put("command", command.toString());
        fields.forEach(all::put);
        return Response.json(Json.canonical(all.map()));
    }
}
