package dynoai.automation.step;

import java.util.List;

/**
 * The documentation of a step. Texts that were not given are empty.
 *
 * @param name value of {@code class:} or {@code cmd:} in a recipe
 * @param kind {@code java} or {@code shell}
 * @param params the accepted parameters; empty if the step checks them itself
 */
public record StepDescription(
        String name,
        String kind,
        String description,
        String usage,
        String returns,
        String limitations,
        List<StepParam> params) {}
