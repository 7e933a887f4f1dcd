package dynoai.automation.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The recipes that come with the product, by name. */
public final class ShippedRecipes {
    public static final List<String> NAMES = List.of("weekly-batch", "incremental-tuning", "compare-options");

    private ShippedRecipes() {}

    /** Returns the text of a recipe; empty for an unknown name. */
    public static Optional<byte[]> find(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in =
                ShippedRecipes.class.getResourceAsStream("/dynoai/automation/recipes/" + name + ".yaml")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
