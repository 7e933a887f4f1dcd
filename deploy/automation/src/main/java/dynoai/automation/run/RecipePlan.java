package dynoai.automation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeStep;
import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Leaf;
import dynoai.automation.recipe.StepOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run would do, as text with secrets hidden. Nothing is run or written. */
public final class RecipePlan {
    private RecipePlan() {}

    /** @param start the initial Context, to name what it lacks */
    public static String of(Recipe recipe, ObjectNode start) {
        StringBuilder text = new StringBuilder();
        text.append("recipe ").append(recipe.name()).append('\n');
        if (!recipe.meta().description().isEmpty()) {
            text.append("  ").append(recipe.meta().description()).append('\n');
        }
        steps(recipe.steps(), "  ", text);
        lacking(recipe, start, text);
        return text.toString();
    }

    /** Returns the keys without a default that the initial Context or a step must set, in order. Results are left out. */
    public static Set<String> required(Recipe recipe) {
        Set<String> keys = new LinkedHashSet<>();
        required(recipe.steps(), keys);
        keys.removeIf(key -> key.startsWith("steps."));
        return keys;
    }

    private static void lacking(Recipe recipe, ObjectNode start, StringBuilder text) {
        Context context = new Context();
        start.properties().forEach(field -> context.set(field.getKey(), field.getValue(), "start"));
        Set<String> keys = required(recipe);
        keys.removeIf(key -> context.has(key) || recipe.binding().isPresent() && key.startsWith("run."));
        List<String> inputs =
                keys.stream().filter(key -> key.startsWith("inputs.")).toList();
        if (!inputs.isEmpty()) {
            text.append("missing inputs, to be given with --set: ")
                    .append(String.join(", ", inputs))
                    .append('\n');
        }
        inputs.forEach(keys::remove);
        if (!keys.isEmpty()) {
            text.append("a step must set: ").append(String.join(", ", keys)).append('\n');
        }
    }

    private static void required(List<RecipeStep> steps, Set<String> keys) {
        for (RecipeStep step : steps) {
            if (step instanceof Group group) {
                keys.addAll(References.required(group.max()));
                required(group.steps(), keys);
            } else {
                keys.addAll(References.required(((Leaf) step).inputs()));
            }
            for (String file : step.head().success().files()) {
                keys.addAll(References.required(TextNode.valueOf(file)));
            }
        }
    }

    private static void steps(List<RecipeStep> steps, String indent, StringBuilder text) {
        StepOrder order = StepOrder.of(steps);
        for (RecipeStep step : order.steps()) {
            text.append(indent).append(step.head().idx()).append(' ').append(step.name());
            List<String> after = order.edges(step.name());
            text.append(after.isEmpty() ? "" : " after " + String.join(", ", after))
                    .append('\n');
            String inner = indent + "    ";
            if (step instanceof Group group) {
                text.append(inner)
                        .append("repeat at most ")
                        .append(group.max().asText())
                        .append(" times until ");
                text.append(group.until()).append('\n');
                steps(group.steps(), inner, text);
            } else {
                leaf((Leaf) step, inner, text);
            }
            for (String key : step.head().success().contextKeys()) {
                text.append(inner).append("must leave ").append(key).append(" in the Context\n");
            }
            for (String file : step.head().success().files()) {
                text.append(inner).append("must leave the file ").append(file).append('\n');
            }
        }
    }

    private static void leaf(Leaf step, String indent, StringBuilder text) {
        text.append(indent)
                .append(step.kind().word())
                .append(' ')
                .append(step.action())
                .append('\n');
        if (!step.inputs().isEmpty()) {
            Secrets secrets = new Secrets();
            secrets.learn(step.inputs());
            text.append(indent).append(secrets.hide(step.inputs().toString())).append('\n');
        }
        step.timeoutSeconds()
                .ifPresent(seconds ->
                        text.append(indent).append("timeout ").append(seconds).append(" s\n"));
        if (step.retries() > 0) {
            text.append(indent).append("retried up to ").append(step.retries()).append(" times\n");
        }
    }
}
