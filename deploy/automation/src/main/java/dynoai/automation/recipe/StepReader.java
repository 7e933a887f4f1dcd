package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Head;
import dynoai.automation.recipe.RecipeStep.JavaStep;
import dynoai.automation.recipe.RecipeStep.ShellStep;
import dynoai.automation.recipe.RecipeStep.Success;
import dynoai.automation.step.InvalidStepException;
import dynoai.automation.step.ParamProblem;
import dynoai.automation.step.StepCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of one recipe, those in groups too. */
final class StepReader {
    private static final int MOST_STEPS = 2_000;
    private static final Set<String> JAVA =
            names("idx", "name", "type", "class", "params", "needs", "success", "timeout", "retries");
    private static final Set<String> SHELL =
            names("idx", "name", "type", "cmd", "args", "needs", "success", "timeout", "retries");
    private static final Set<String> GROUP = names("idx", "name", "repeat", "steps", "needs", "success");

    private static final Set<String> ANY = names(
            "idx", "name", "type", "class", "params", "cmd", "args", "needs", "success", "timeout", "retries", "repeat",
            "steps");

    private final StepCatalog catalog;
    private final Problems problems;
    private final Map<String, Integer> lineOfName = new HashMap<>();

    StepReader(StepCatalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    List<RecipeStep> read(RecipeFields owner, String field) {
        YamlValue value = owner.value(field).orElseThrow();
        if (!(value instanceof YamlValue.Sequence)) {
            owner.problem(field, "must be a list of steps, is " + value.words());
            return List.of();
        }
        List<YamlValue> items = ((YamlValue.Sequence) value).items();
        if (items.isEmpty() || items.size() > MOST_STEPS) {
            owner.problem(field, items.isEmpty() ? "has no step" : "has more than " + MOST_STEPS + " steps");
            return List.of();
        }
        List<RecipeStep> steps = new ArrayList<>();
        Map<Long, Integer> lineOfIdx = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            RecipeFields fields = RecipeFields.of(items.get(i), owner.path(field) + "[" + i + "]", problems);
            if (items.get(i) instanceof YamlValue.Mapping) {
                RecipeStep step = step(fields);
                steps.add(step);
                Integer before = lineOfIdx.putIfAbsent(step.head().idx(), fields.line());
                if (before != null && fields.has("idx")) {
                    fields.problem("idx", step.head().idx() + " is already the idx of the step in line " + before);
                }
            }
        }
        steps.sort(Comparator.comparingLong(step -> step.head().idx()));
        checkNeeds(steps, owner.path(field));
        return List.copyOf(steps);
    }

    private RecipeStep step(RecipeFields fields) {
        if (fields.has("repeat") || fields.has("steps")) {
            return group(fields);
        }
        String type = fields.requiredText("type");
        switch (type) {
            case "java":
                fields.only(JAVA);
                return new JavaStep(
                        head(fields),
                        fields.seconds("timeout"),
                        retries(fields),
                        className(fields),
                        fields.object("params"));
            case "shell":
                fields.only(SHELL);
                return new ShellStep(
                        head(fields),
                        fields.seconds("timeout"),
                        retries(fields),
                        fields.requiredText("cmd"),
                        args(fields));
            default:
                fields.only(ANY);
                if (!type.isEmpty()) {
                    fields.problem(
                            "type", "unknown type '" + type + "'; there are java (with class) and shell (with cmd)");
                }
                return new ShellStep(head(fields), Optional.empty(), 0, "", JsonNodeFactory.instance.objectNode());
        }
    }

    private Head head(RecipeFields fields) {
        if (!fields.has("idx")) {
            fields.problem("idx", "missing");
        }
        long idx = fields.whole("idx", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0L);
        String name = fields.requiredText("name");
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9_-]{1,64}")) {
            fields.problem("name", "'" + name + "' is no valid name: letters, digits, _ and -, at most 64");
        } else if (!name.isEmpty()) {
            Integer before = lineOfName.putIfAbsent(name, fields.line("name"));
            if (before != null) {
                fields.problem("name", "'" + name + "' is already the name of the step in line " + before);
            }
        }
        return new Head(idx, name, fields.texts("needs"), success(fields), fields.line());
    }

    private static Success success(RecipeFields fields) {
        if (!fields.has("success")) {
            return new Success(List.of(), List.of());
        }
        RecipeFields success = fields.inside("success");
        success.only(names("ctx_has_keys", "files_exist"));
        return new Success(
                success.texts("ctx_has_keys").orElse(List.of()),
                success.texts("files_exist").orElse(List.of()));
    }

    private static int retries(RecipeFields fields) {
        return fields.whole("retries", 0, 100).orElse(0L).intValue();
    }

    private String className(RecipeFields fields) {
        String name = fields.requiredText("class");
        if (!name.isEmpty()) {
            try {
                for (ParamProblem problem : catalog.check(name, fields.object("params"))) {
                    RecipeFields params = fields.has("params") ? fields.inside("params") : fields;
                    problems.add(
                            params.line(problem.name()), fields.path("params." + problem.name()), problem.message());
                }
            } catch (InvalidStepException e) {
                fields.problem("class", String.valueOf(e.getMessage()));
            }
        }
        return name;
    }

    private static ObjectNode args(RecipeFields fields) {
        ObjectNode args = fields.object("args");
        for (Map.Entry<String, JsonNode> entry : args.properties()) {
            RecipeFields inside = fields.inside("args");
            if (!entry.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                inside.problem(entry.getKey(), "is no name of an environment variable");
            }
            if (entry.getValue().isContainerNode() || entry.getValue().isNull()) {
                inside.problem(entry.getKey(), "must be one value, is " + entry.getValue());
            }
        }
        return args;
    }

    private Group group(RecipeFields fields) {
        fields.only(GROUP);
        Head head = head(fields);
        LoopCondition until =
                new LoopCondition("", LoopCondition.Test.EXISTS, JsonNodeFactory.instance.booleanNode(true));
        int max = 1;
        if (!fields.has("repeat")) {
            fields.problem("repeat", "missing; a group says how it repeats");
        } else {
            RecipeFields repeat = fields.inside("repeat");
            repeat.only(names("until", "max"));
            max = repeat.whole("max", 1, 10_000).orElse(1L).intValue();
            if (!repeat.has("max")) {
                repeat.problem("max", "missing; the largest number of rounds");
            }
            if (repeat.has("until")) {
                until = until(repeat.inside("until"));
            } else {
                repeat.problem("until", "missing; what ends the loop");
            }
        }
        if (!fields.has("steps")) {
            fields.problem("steps", "missing; what is repeated");
        }
        return new Group(head, until, max, fields.has("steps") ? read(fields, "steps") : List.of());
    }

    private static LoopCondition until(RecipeFields fields) {
        fields.only(names("key", "less_than", "equals", "exists"));
        String key = fields.requiredText("key");
        LoopCondition found =
                new LoopCondition(key, LoopCondition.Test.EXISTS, JsonNodeFactory.instance.booleanNode(true));
        int tests = 0;
        for (LoopCondition.Test test : LoopCondition.Test.values()) {
            if (fields.has(test.field())) {
                tests++;
                found = new LoopCondition(
                        key, test, fields.value(test.field()).orElseThrow().json());
            }
        }
        if (tests != 1) {
            fields.problem("key", "needs exactly one of less_than, equals and exists beside it");
        } else if (found.test() == LoopCondition.Test.LESS_THAN
                && !found.operand().isNumber()) {
            fields.problem("less_than", "must be a number, is " + found.operand());
        } else if (found.test() == LoopCondition.Test.EXISTS && !found.operand().isBoolean()) {
            fields.problem("exists", "must be true or false, is " + found.operand());
        }
        return found;
    }

    private void checkNeeds(List<RecipeStep> steps, String path) {
        Set<String> known = new HashSet<>();
        steps.forEach(step -> known.add(step.name()));
        boolean sound = true;
        for (RecipeStep step : steps) {
            for (String need : step.head().needs().orElse(List.of())) {
                if (!known.contains(need)) {
                    sound = false;
                    problems.add(
                            step.head().line(),
                            path + "." + step.name() + ".needs",
                            "there is no step '" + need + "' here"
                                    + (lineOfName.containsKey(need) ? "; it is on another level" : ""));
                }
            }
        }
        if (sound && known.size() == steps.size()) {
            StepOrder.cycle(steps)
                    .ifPresent(cycle -> problems.add(
                            steps.stream()
                                    .filter(step -> step.name().equals(cycle.get(0)))
                                    .mapToInt(step -> step.head().line())
                                    .findFirst()
                                    .orElse(1),
                            path + "." + cycle.get(0) + ".needs",
                            "a cycle: " + String.join(" waits for ", cycle) + " waits for " + cycle.get(0)
                                    + " (a step without needs waits for every step with a lower idx)"));
        }
    }

    private static Set<String> names(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }
}
