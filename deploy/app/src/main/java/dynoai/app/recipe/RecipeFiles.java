package dynoai.app.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.automation.context.Context;
import dynoai.automation.context.InvalidContextException;
import dynoai.automation.context.StrictJson;
import dynoai.automation.recipe.InvalidRecipeException;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeLoader;
import dynoai.automation.recipe.ShippedRecipes;
import dynoai.automation.step.InvalidStepException;
import dynoai.automation.step.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads recipes, steps and values that the command line names. */
public final class RecipeFiles {
    private RecipeFiles() {}

    public static StepCatalog catalog(List<Path> classPath) throws CommandException {
        try {
            return StepCatalog.of(classPath);
        } catch (InvalidStepException e) {
            throw new CommandException(ExitCode.FILE_NOT_FOUND, String.valueOf(e.getMessage()), e);
        }
    }

    /** Loads a recipe file or a built-in recipe. */
    public static Recipe recipe(String name, StepCatalog catalog) throws CommandException, IOException {
        RecipeLoader loader = new RecipeLoader(catalog);
        Path file = Path.of(name);
        try {
            if (Files.isRegularFile(file)) {
                return loader.load(file);
            }
            Optional<byte[]> shipped = ShippedRecipes.find(name);
            if (shipped.isEmpty()) {
                throw new CommandException(
                        ExitCode.FILE_NOT_FOUND,
                        name + ": no such file; the built-in recipes are " + String.join(", ", ShippedRecipes.NAMES));
            }
            return loader.load(Path.of(name + ".yaml"), shipped.get());
        } catch (InvalidRecipeException e) {
            throw new CommandException(ExitCode.VALIDATION_ERROR, "invalid recipe:\n" + e.getMessage(), e);
        }
    }

    /** Returns the initial Context from {@code path=value}; objects and lists are JSON, other values are text. */
    static ObjectNode startContext(List<String> settings) throws CommandException {
        Context context = new Context();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new CommandException(
                        ExitCode.INVALID_ARGUMENTS, "--set takes path=value, as inputs.csv=pull.csv");
            }
            try {
                context.set(setting.substring(0, equals), value(setting.substring(equals + 1)), "command line");
            } catch (InvalidContextException e) {
                throw new CommandException(
                        ExitCode.INVALID_ARGUMENTS, "--set " + setting.substring(0, equals) + ": " + e.getMessage(), e);
            }
        }
        return context.toMap();
    }

    private static Object value(String text) throws CommandException {
        return text.startsWith("{") || text.startsWith("[") ? json(text, "--set") : text;
    }

    static JsonNode json(String text, String what) throws CommandException {
        try {
            return StrictJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, what + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
