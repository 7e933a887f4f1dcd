package dynoai.dashboard.act;

import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.runs.Fields;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Starts recipes. A recipe is named, never sent, and its inputs are texts. */
final class RecipeActs {
    private final @Nullable RecipeStarts starts;

    /** @param starts null where no recipe can be started */
    RecipeActs(@Nullable RecipeStarts starts) {
        this.starts = starts;
    }

    boolean isOffered() {
        return !offered().isEmpty();
    }

    /** Returns the recipes as JSON. */
    List<Object> toJson() {
        List<Object> recipes = new ArrayList<>();
        for (RecipeStarts.Offered each : offered()) {
            recipes.add(new Fields()
                    .put("name", each.name())
                    .put("description", each.description())
                    .put("inputs", each.inputs())
                    .map());
        }
        return recipes;
    }

    private List<RecipeStarts.Offered> offered() {
        return starts == null ? List.of() : starts.offered();
    }

    Done start(JsonTree parameters) throws HttpException, IOException {
        String name = ActParameters.id(parameters, "recipe");
        RecipeStarts.Offered recipe = offered().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> HttpException.notFound("no such recipe; GET /api/v1/acts lists them"));
        Map<String, String> inputs = inputs(parameters.at("inputs").value());
        for (String input : recipe.inputs()) {
            if (!inputs.containsKey(input)) {
                throw HttpException.of(422, "the recipe needs the input " + input);
            }
        }
        if (starts == null) {
            throw new IllegalStateException("no recipe can be started");
        }
        String run = starts.start(name, inputs)
                .orElseThrow(() -> HttpException.of(503, "too many recipes wait for their start; try again later"));
        CommandLineText command = new CommandLineText("dynoai", "recipe", "run", recipe.file());
        inputs.forEach((key, value) -> command.add("--set", "inputs." + key + "=" + value));
        return new Done(
                "started " + name + " as run " + run,
                command,
                new Fields().put("recipe", name).put("run", run).map());
    }

    private static Map<String, String> inputs(@Nullable Object given) throws HttpException {
        Map<String, String> inputs = new TreeMap<>();
        if (given == null) {
            return inputs;
        }
        if (!(given instanceof Map<?, ?> fields)) {
            throw HttpException.of(422, "inputs must be an object of texts");
        }
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String key = String.valueOf(field.getKey());
            if (!RecipeStarts.INPUT.matcher(key).matches()) {
                throw HttpException.of(422, "the name of an input has a-z, 0-9 and _, and begins with no digit");
            }
            if (!(field.getValue() instanceof String text) || text.chars().anyMatch(Character::isISOControl)) {
                throw HttpException.of(422, "the input " + key + " must be a text of one line");
            }
            if (text.startsWith("{") || text.startsWith("[")) {
                throw HttpException.of(422, "the input " + key + " is JSON; only texts are accepted here");
            }
            ActParameters.checkLength(key, text);
            inputs.put(key, text);
        }
        return inputs;
    }
}
