package dynoai.app.console;

import dynoai.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a command's result as one JSON object. */
public final class JsonOut {
    private JsonOut() {}

    public static void print(Console console, Map<String, @Nullable Object> object) {
        console.out().print(new String(Json.write(object), StandardCharsets.UTF_8));
    }
}
