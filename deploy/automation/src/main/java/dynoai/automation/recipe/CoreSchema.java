package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a plain scalar means in YAML 1.2 (core schema). Unlike in YAML 1.1, {@code yes}, {@code on} and {@code 1_000} are
 * text, {@code 010} is ten and {@code 0o10} is eight, and {@code 12:30} is text.
 */
final class CoreSchema {
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]{1,200}");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,200}");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,200}");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CoreSchema() {}

    /** Empty when it is a number that JSON cannot hold. */
    static Optional<JsonNode> resolve(String text) {
        switch (text) {
            case "":
            case "~":
            case "null":
            case "Null":
            case "NULL":
                return Optional.of(NODES.nullNode());
            case "true":
            case "True":
            case "TRUE":
                return Optional.of(NODES.booleanNode(true));
            case "false":
            case "False":
            case "FALSE":
                return Optional.of(NODES.booleanNode(false));
            default:
                return number(text);
        }
    }

    private static Optional<JsonNode> number(String text) {
        if (INT.matcher(text).matches()) {
            return Optional.of(whole(new BigInteger(text)));
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(whole(new BigInteger(text.substring(2), 8)));
        }
        if (HEX.matcher(text).matches()) {
            return Optional.of(whole(new BigInteger(text.substring(2), 16)));
        }
        if (NOT_FINITE.matcher(text).matches()) {
            return Optional.empty();
        }
        if (FLOAT.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Optional.of(NODES.numberNode(value)) : Optional.empty();
        }
        return Optional.of(NODES.textNode(text));
    }

    private static JsonNode whole(BigInteger value) {
        if (value.bitLength() < 32) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < 64 ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }
}
