package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Head;
import dynoai.automation.recipe.RecipeStep.Kind;
import dynoai.automation.recipe.RecipeStep.Leaf;
import dynoai.automation.recipe.RecipeStep.Success;
import dynoai.automation.step.InvalidStepException;
import dynoai.automation.step.ParamProblem;
import dynoai.automation.step.StepCatalog;
import dynoai.schemas.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the steps of one recipe, including those in groups. */
final class StepReader {
    private static final int MAX_STEPS = 2_000;
    private static final List<String> JAVA =
            List.of("idx", "name", "type", "class", "method", "params", "needs", "success", "timeout", "retries");
    private static final List<String> SHELL =
            List.of("idx", "name", "type", "cmd", "args", "needs", "success", "timeout", "retries");
    private static final List<String> GROUP = List.of("idx", "name", "repeat", "steps", "needs", "success");
    private static final List<String> ANY =
            Stream.of(JAVA, SHELL, GROUP).flatMap(List::stream).distinct().toList();

    /** Stands for a condition that was not read. */
    private static final LoopCondition NEVER =
            new LoopCondition("", LoopCondition.Test.EXISTS, BooleanNode.TRUE, Optional.empty());

    private final StepCatalog catalog;
    private final Problems problems;
    private final Map<String, Integer> lineOfName = new HashMap<>();

    StepReader(StepCatalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    List<RecipeStep> read(RecipeFields owner, String field) {
        YamlNode value = owner.get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof YamlNode.Sequence list)) {
            owner.problem(field, "must be a list of steps, is " + RecipeFields.words(value));
            return List.of();
        }
        List<YamlNode> items = list.items();
        if (items.isEmpty() || items.size() > MAX_STEPS) {
            owner.problem(field, items.isEmpty() ? "has no step" : "has more than " + MAX_STEPS + " steps");
            return List.of();
        }
        List<RecipeStep> steps = new ArrayList<>();
        Map<Long, Integer> lineOfIdx = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            RecipeFields fields = RecipeFields.of(items.get(i), owner.path(field) + "[" + i + "]", problems);
            if (items.get(i) instanceof YamlNode.Mapping) {
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
        boolean java = type.equals("java");
        boolean shell = type.equals("shell");
        fields.allow(java ? JAVA : shell ? SHELL : ANY);
        if (!java && !shell && !type.isEmpty()) {
            fields.problem("type", "unknown type '" + type + "'; there are java (with class) and shell (with cmd)");
        }
        return new Leaf(
                head(fields),
                java ? Kind.JAVA : Kind.SHELL,
                fields.seconds("timeout"),
                fields.whole("retries", 0, 100).orElse(0L).intValue(),
                java ? className(fields) : shell ? fields.requiredText("cmd") : "",
                java ? fields.object("params") : args(fields));
    }

    private Head head(RecipeFields fields) {
        if (!fields.has("idx")) {
            fields.problem("idx", "missing");
        }
        long idx = fields.whole("idx", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0L);
        String name = fields.requiredText("name");
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9_-]{1,64}")) {
            fields.problem("name", "'" + name + "' is not a valid name: letters, digits, _ and -, at most 64");
        } else if (!name.isEmpty()) {
            Integer before = lineOfName.putIfAbsent(name, fields.line("name"));
            if (before != null) {
                fields.problem("name", "'" + name + "' is already the name of the step in line " + before);
            }
        }
        return new Head(idx, name, fields.texts("needs"), success(fields), fields.line());
    }

    private static Success success(RecipeFields fields) {
        RecipeFields success = fields.inside("success");
        success.allow(List.of("ctx_has_keys", "files_exist"));
        return new Success(
                success.texts("ctx_has_keys").orElse(List.of()),
                success.texts("files_exist").orElse(List.of()));
    }

    private String className(RecipeFields fields) {
        String name = fields.requiredText("class");
        name += fields.text("method").map(method -> "#" + method).orElse("");
        if (fields.has("class") && !name.isEmpty()) {
            try {
                for (ParamProblem problem : catalog.check(name, fields.object("params"))) {
                    int line = fields.inside("params").line(problem.name());
                    problems.add(line, fields.path("params." + problem.name()), problem.message());
                }
            } catch (InvalidStepException e) {
                fields.problem(fields.has("method") ? "method" : "class", String.valueOf(e.getMessage()));
            }
        }
        return name;
    }

    private static ObjectNode args(RecipeFields fields) {
        ObjectNode args = fields.object("args");
        for (Map.Entry<String, JsonNode> entry : args.properties()) {
            RecipeFields inside = fields.inside("args");
            if (!entry.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                inside.problem(entry.getKey(), "is not a name of an environment variable");
            }
            if (entry.getValue().isContainerNode() || entry.getValue().isNull()) {
                inside.problem(entry.getKey(), "must be one value, is " + entry.getValue());
            }
        }
        return args;
    }

    private Group group(RecipeFields fields) {
        fields.allow(GROUP);
        Head head = head(fields);
        require(fields, "repeat", "a group says how it repeats");
        RecipeFields repeat = fields.inside("repeat");
        repeat.allow(List.of("until", "max"));
        if (fields.has("repeat")) {
            require(repeat, "max", "the largest number of rounds");
            require(repeat, "until", "what ends the loop");
        }
        LoopCondition until = repeat.has("until") ? until(repeat.inside("until")) : NEVER;
        require(fields, "steps", "what is repeated");
        List<RecipeStep> steps = read(fields, "steps");
        if (until.after().isPresent()
                && steps.stream()
                        .noneMatch(step -> step.name().equals(until.after().get()))) {
            repeat.inside("until")
                    .problem("after", "there is no step '" + until.after().get() + "' in this group");
        }
        return new Group(head, until, max(repeat), steps);
    }

    private static JsonNode max(RecipeFields repeat) {
        JsonNode max = repeat.json("max");
        if (max.isTextual() && max.textValue().contains("${")) {
            return max;
        }
        repeat.whole("max", 1, Group.MAX_ROUNDS);
        return max;
    }

    private static void require(RecipeFields fields, String name, String meaning) {
        if (!fields.has(name)) {
            fields.problem(name, "missing; " + meaning);
        }
    }

    private static LoopCondition until(RecipeFields fields) {
        fields.allow(List.of("key", "less_than", "equals", "exists", "after"));
        String key = fields.requiredText("key");
        List<LoopCondition> found = new ArrayList<>();
        for (LoopCondition.Test test : LoopCondition.Test.values()) {
            if (fields.has(test.field())) {
                found.add(new LoopCondition(key, test, fields.json(test.field()), fields.text("after")));
            }
        }
        if (found.size() != 1) {
            fields.problem("key", "needs exactly one of less_than, equals and exists next to it");
            return NEVER;
        }
        LoopCondition condition = found.get(0);
        JsonNode operand = condition.operand();
        if (condition.test() == LoopCondition.Test.LESS_THAN && !operand.isNumber()) {
            fields.problem("less_than", "must be a number, is " + operand);
        } else if (condition.test() == LoopCondition.Test.EXISTS && !operand.isBoolean()) {
            fields.problem("exists", "must be true or false, is " + operand);
        }
        return condition;
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
            StepOrder.cycle(steps).ifPresent(cycle -> {
                String first = cycle.get(0);
                int line = lineOfName.getOrDefault(first, 1);
                String waits = String.join(" waits for ", cycle) + " waits for " + first;
                problems.add(
                        line,
                        path + "." + first + ".needs",
                        "a cycle: " + waits + " (a step without needs waits for every step with a lower idx)");
            });
        }
    }
}
