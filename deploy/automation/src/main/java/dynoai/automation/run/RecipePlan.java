package dynoai.automation.run;

import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeStep;
import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Leaf;
import dynoai.automation.recipe.StepOrder;
import java.util.List;

/** What a run would do, as text with secrets hidden. Nothing is run or written. */
public final class RecipePlan {
    private RecipePlan() {}

    public static String of(Recipe recipe) {
        StringBuilder text = new StringBuilder();
        text.append("recipe ").append(recipe.name()).append('\n');
        if (!recipe.meta().description().isEmpty()) {
            text.append("  ").append(recipe.meta().description()).append('\n');
        }
        steps(recipe.steps(), "  ", text);
        return text.toString();
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
