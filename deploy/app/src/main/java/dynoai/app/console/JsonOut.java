package dynoai.app.console;

import dynoai.exporter.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a command's result as one JSON object. */
public final class JsonOut {
    private JsonOut() {}

    public static void print(Console console, Map<String, @Nullable Object> object) {
        console.out().print(new String(JsonTree.write(object), StandardCharsets.UTF_8));
    }
}
