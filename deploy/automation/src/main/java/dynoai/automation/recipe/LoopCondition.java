package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The condition that ends a loop: a test of the value at {@code key} in each round.
 *
 * @param after the step after which it is tested, so that the rest of the last round does not run; empty for the end of the
 *     round
 */
public record LoopCondition(String key, Test test, JsonNode operand, Optional<String> after) {

    /** The kind of test. */
    public enum Test {
        LESS_THAN,
        EQUALS,
        EXISTS;

        String field() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether the value ends the loop. */
    public boolean isMetBy(JsonNode value) {
        return switch (test) {
            case EXISTS -> value.isMissingNode() != operand.booleanValue();
            case EQUALS ->
                value.isNumber() && operand.isNumber()
                        ? value.decimalValue().compareTo(operand.decimalValue()) == 0
                        : value.equals(operand);
            case LESS_THAN -> value.isNumber() && value.doubleValue() < operand.doubleValue();
        };
    }

    /** Returns why the value cannot be tested; empty if it can. The loop fails then. */
    public Optional<String> problem(JsonNode value) {
        if (test == Test.LESS_THAN && !value.isNumber()) {
            return Optional.of("until: " + key + " must be a number, is "
                    + (value.isMissingNode() ? "missing" : value.toString()));
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return key + " " + test.field().replace('_', ' ') + " " + operand
                + after.map(step -> " after " + step).orElse("");
    }
}
