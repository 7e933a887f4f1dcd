package dynoai.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Context;
import dynoai.automation.context.ContextRefused;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeLoader;
import dynoai.automation.recipe.RecipeRefused;
import dynoai.automation.recipe.ShippedRecipes;
import dynoai.automation.step.EngineOperations;
import dynoai.automation.step.StepCatalog;
import dynoai.automation.step.StepRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a person names on the command line, as what the library takes. */
final class RecipeFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecipeFiles() {}

    static StepCatalog catalog(List<Path> classPath) throws CommandFailed {
        try {
            return StepCatalog.of(new EngineOperations(), classPath);
        } catch (StepRefused e) {
            throw new CommandFailed(ExitCode.FILE_NOT_FOUND, String.valueOf(e.getMessage()), e);
        }
    }

    /** A recipe file, or one of the recipes that ship. */
    static Recipe recipe(String name, StepCatalog catalog) throws CommandFailed, IOException {
        RecipeLoader loader = new RecipeLoader(catalog);
        Path file = Path.of(name);
        try {
            if (Files.isRegularFile(file)) {
                return loader.load(file);
            }
            Optional<byte[]> shipped = ShippedRecipes.find(name);
            if (shipped.isEmpty()) {
                throw new CommandFailed(
                        ExitCode.FILE_NOT_FOUND,
                        name + ": no such file, and the recipes that ship are "
                                + String.join(", ", ShippedRecipes.NAMES));
            }
            return loader.load(Path.of(name + ".yaml"), shipped.get());
        } catch (RecipeRefused e) {
            throw new CommandFailed(ExitCode.VALIDATION_ERROR, "the recipe cannot run:\n" + e.getMessage(), e);
        }
    }

    /** The Context a run starts from: {@code path=value}; objects and lists are JSON, everything else is text. */
    static ObjectNode startContext(List<String> settings) throws CommandFailed {
        Context context = new Context();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new CommandFailed(
                        ExitCode.INVALID_ARGUMENTS, "--set takes path=value, as inputs.csv=pull.csv; got " + setting);
            }
            try {
                context.set(setting.substring(0, equals), value(setting.substring(equals + 1)), "command line");
            } catch (ContextRefused e) {
                throw new CommandFailed(ExitCode.INVALID_ARGUMENTS, "--set " + setting + ": " + e.getMessage(), e);
            }
        }
        return context.toMap();
    }

    private static Object value(String text) throws CommandFailed {
        return text.startsWith("{") || text.startsWith("[") ? json(text, "--set") : text;
    }

    static JsonNode json(String text, String what) throws CommandFailed {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailed(
                    ExitCode.INVALID_ARGUMENTS, what + ": not JSON: " + e.getOriginalMessage() + ": " + text, e);
        }
    }
}
