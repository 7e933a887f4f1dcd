package dynoai.automation.step;

import java.util.List;

/**
 * What a person needs to know about a step. Texts that were not given are empty.
 *
 * @param name what a recipe writes after {@code class:} or {@code cmd:}
 * @param kind {@code java} or {@code shell}
 * @param params the parameters that are accepted; empty when the step checks them itself
 */
public record StepDescription(
        String name,
        String kind,
        String description,
        String usage,
        String returns,
        String limitations,
        List<StepParam> params) {}
