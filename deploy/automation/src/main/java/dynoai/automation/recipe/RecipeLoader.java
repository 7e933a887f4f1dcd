package dynoai.automation.recipe;

import dynoai.automation.recipe.Recipe.EventBinding;
import dynoai.automation.recipe.Recipe.TestMeta;
import dynoai.automation.step.StepCatalog;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsuitableFileException;
import dynoai.schemas.yaml.Yaml;
import dynoai.schemas.yaml.YamlException;
import dynoai.schemas.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads recipes and checks everything in them before anything runs. */
public final class RecipeLoader {
    private static final int MAX_BYTES = 256 << 10;

    private final StepCatalog catalog;

    public RecipeLoader(StepCatalog catalog) {
        this.catalog = catalog;
    }

    /** Reads a regular file of at most 256 KiB. */
    public Recipe load(Path file) throws IOException, InvalidRecipeException {
        byte[] bytes;
        try {
            bytes = SmallFile.read(file, MAX_BYTES);
        } catch (UnsuitableFileException e) {
            Problems problems = new Problems(file.toString());
            problems.add(1, "", "the file " + e.getReason());
            throw problems.exception();
        }
        return load(file, bytes);
    }

    /** @param file names the recipe; it is not read */
    public Recipe load(Path file, byte[] bytes) throws InvalidRecipeException {
        Problems problems = new Problems(file.toString());
        RecipeFields fields = RecipeFields.of(yaml(bytes, problems), "", problems);
        fields.allow(List.of("test_meta", "on", "steps"));
        TestMeta meta = meta(fields);
        Optional<EventBinding> binding = binding(fields);
        List<RecipeStep> steps = List.of();
        if (fields.has("steps")) {
            steps = new StepReader(catalog, problems).read(fields, "steps");
        } else if (problems.isEmpty()) {
            fields.problem("steps", "missing; a recipe has at least one step");
        }
        if (!problems.isEmpty()) {
            throw problems.exception();
        }
        return new Recipe(file, Sha256.hex(bytes), meta, binding, steps);
    }

    private static YamlNode yaml(byte[] bytes, Problems problems) throws InvalidRecipeException {
        try {
            Optional<YamlNode> document = Yaml.read(bytes);
            if (document.isPresent()) {
                return document.get();
            }
            problems.add(1, "", "the file is empty; a recipe has steps:");
        } catch (YamlException e) {
            problems.add(e.line(), e.field(), e.problem());
        }
        throw problems.exception();
    }

    private static TestMeta meta(RecipeFields fields) {
        RecipeFields meta = fields.inside("test_meta");
        meta.allow(List.of("test_id", "tester", "description"));
        return new TestMeta(
                meta.text("test_id").orElse(""),
                meta.text("tester").orElse(""),
                meta.text("description").orElse(""));
    }

    private static Optional<EventBinding> binding(RecipeFields fields) {
        if (!fields.has("on")) {
            return Optional.empty();
        }
        EventBinding binding = new EventBinding(List.of(), List.of());
        String field = "on";
        RecipeFields event = fields;
        if (fields.get("on") instanceof YamlNode.Mapping) {
            event = fields.inside("on");
            event.allow(List.of("event", "shop", "cell"));
            field = "event";
            binding = new EventBinding(event.textOrTexts("shop"), event.textOrTexts("cell"));
        }
        String name = event.requiredText(field);
        if (!name.isEmpty() && !name.equals(EventBinding.RUN_COMPLETED)) {
            event.problem(field, "unknown event '" + name + "'; there is " + EventBinding.RUN_COMPLETED);
        }
        return Optional.of(binding);
    }
}
