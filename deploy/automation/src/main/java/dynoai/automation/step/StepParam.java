package dynoai.automation.step;

import com.fasterxml.jackson.databind.JsonNode;

/** One parameter of a ready-made step. */
public record StepParam(String name, Kind kind, boolean required, String meaning) {

    /** What a parameter accepts. */
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

    /** Whether the value may stand here. A text with a reference in it is judged when it is known. */
    boolean accepts(JsonNode value) {
        if (value.isNull() && !required
                || value.isTextual() && value.textValue().contains("${")) {
            return true;
        }
        switch (kind) {
            case TEXT:
                return value.isTextual();
            case NUMBER:
                return value.isNumber();
            case FLAG:
                return value.isBoolean();
            case TEXTS:
                return value.isTextual() || value.isArray();
            default:
                return value.isObject();
        }
    }
}
