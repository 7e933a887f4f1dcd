package dynoai.automation.step;

import com.fasterxml.jackson.databind.JsonNode;

/** A parameter of a built-in step. */
public record StepParam(String name, Kind kind, boolean required, String meaning) {

    /** The values that a parameter accepts. */
    public enum Kind {
        TEXT("text"),
        NUMBER("a number"),
        FLAG("true or false"),
        TEXTS("a text or a list of texts"),
        OPTIONS("an object of analysis options");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static StepParam required(String name, Kind kind, String meaning) {
        return new StepParam(name, kind, true, meaning);
    }

    static StepParam optional(String name, Kind kind, String meaning) {
        return new StepParam(name, kind, false, meaning);
    }

    /** Whether the parameter accepts a value. A text with a reference is checked when the reference is replaced. */
    boolean accepts(JsonNode value) {
        if (value.isNull() && !required
                || value.isTextual() && value.textValue().contains("${")) {
            return true;
        }
        return switch (kind) {
            case TEXT -> value.isTextual();
            case NUMBER -> value.isNumber();
            case FLAG -> value.isBoolean();
            case TEXTS -> value.isTextual() || value.isArray();
            case OPTIONS -> value.isObject();
        };
    }
}
