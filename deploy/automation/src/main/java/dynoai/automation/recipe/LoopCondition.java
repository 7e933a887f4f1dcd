package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** When a loop ends: the value at {@code key}, looked at after each round. */
public record LoopCondition(String key, Test test, JsonNode operand) {

    /** How the value is looked at. */
    public enum Test {
        LESS_THAN,
        EQUALS,
        EXISTS;

        String field() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether the value ends the loop; a refusal when it cannot be judged, since a loop must not run on by mistake. */
    public boolean isMetBy(JsonNode value) {
        switch (test) {
            case EXISTS:
                return value.isMissingNode() != operand.booleanValue();
            case EQUALS:
                return value.isNumber() && operand.isNumber()
                        ? value.decimalValue().compareTo(operand.decimalValue()) == 0
                        : value.equals(operand);
            default:
                return value.isNumber() && value.doubleValue() < operand.doubleValue();
        }
    }

    /** Why the value can never be judged; empty when it can. */
    public Optional<String> unfit(JsonNode value) {
        if (test == Test.LESS_THAN && !value.isNumber()) {
            return Optional.of("until: " + key + " must be a number, is "
                    + (value.isMissingNode() ? "missing" : value.toString()));
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return key + " " + test.field().replace('_', ' ') + " " + operand;
    }
}
