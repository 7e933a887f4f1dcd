package dynoai.automation.recipe;

import dynoai.automation.recipe.Recipe.EventBinding;
import dynoai.automation.recipe.Recipe.TestMeta;
import dynoai.automation.step.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads recipe files and checks all of them before anything runs. */
public final class RecipeLoader {
    private static final Set<String> TOP = new LinkedHashSet<>(List.of("test_meta", "on", "steps"));
    private static final Set<String> META = new LinkedHashSet<>(List.of("test_id", "tester", "description"));
    private static final Set<String> EVENT = new LinkedHashSet<>(List.of("event", "shop", "cell"));

    private final StepCatalog catalog;

    public RecipeLoader(StepCatalog catalog) {
        this.catalog = catalog;
    }

    public Recipe load(Path file) throws IOException, InvalidRecipeException {
        return load(file, Files.readAllBytes(file));
    }

    /** @param file only names the recipe, for messages */
    public Recipe load(Path file, byte[] bytes) throws InvalidRecipeException {
        Problems problems = new Problems(file.toString());
        Optional<YamlValue> value = YamlFile.read(bytes, problems);
        if (value.isEmpty()) {
            throw problems.refusal();
        }
        RecipeFields fields = RecipeFields.of(value.get(), "", problems);
        fields.only(TOP);
        TestMeta meta = meta(fields);
        Optional<EventBinding> binding = binding(fields);
        List<RecipeStep> steps = List.of();
        if (fields.has("steps")) {
            steps = new StepReader(catalog, problems).read(fields, "steps");
        } else if (problems.none()) {
            fields.problem("steps", "missing; a recipe has at least one step");
        }
        if (!problems.none()) {
            throw problems.refusal();
        }
        return new Recipe(file, sha256(bytes), meta, binding, steps);
    }

    private static TestMeta meta(RecipeFields fields) {
        if (!fields.has("test_meta")) {
            return new TestMeta("", "", "");
        }
        RecipeFields meta = fields.inside("test_meta");
        meta.only(META);
        return new TestMeta(
                meta.text("test_id").orElse(""),
                meta.text("tester").orElse(""),
                meta.text("description").orElse(""));
    }

    private static Optional<EventBinding> binding(RecipeFields fields) {
        Optional<YamlValue> on = fields.value("on");
        if (on.isEmpty()) {
            return Optional.empty();
        }
        EventBinding binding = new EventBinding(List.of(), List.of());
        String field = "on";
        RecipeFields event = fields;
        if (on.get() instanceof YamlValue.Mapping) {
            event = fields.inside("on");
            event.only(EVENT);
            field = "event";
            binding = new EventBinding(event.textOrTexts("shop"), event.textOrTexts("cell"));
        }
        String name = event.requiredText(field);
        if (!name.isEmpty() && !name.equals(EventBinding.RUN_COMPLETED)) {
            event.problem(field, "unknown event '" + name + "'; there is " + EventBinding.RUN_COMPLETED);
        }
        return Optional.of(binding);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
