package dynoai.automation.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** Turns a Java value into JSON when it has an exact JSON form, and refuses everything else. Always a copy. */
public final class StrictJson {
    private static final int DEEPEST = 200;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StrictJson() {}

    /** @param what names the value in the message of a refusal */
    public static JsonNode of(Object value, String what) {
        return convert(value, what, 0);
    }

    private static JsonNode convert(Object value, String what, int depth) {
        if (depth > DEEPEST) {
            throw new InvalidContextException(
                    what + " is nested deeper than " + DEEPEST + " levels, or contains itself");
        }
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof JsonNode) {
            return node((JsonNode) value, what, depth);
        }
        if (value instanceof String) {
            return NODES.textNode((String) value);
        }
        if (value instanceof Boolean) {
            return NODES.booleanNode((Boolean) value);
        }
        if (value instanceof Number) {
            return number((Number) value, what);
        }
        if (value instanceof Map) {
            return object((Map<?, ?>) value, what, depth);
        }
        if (value instanceof Iterable && !(value instanceof java.nio.file.Path)) {
            ArrayNode array = NODES.arrayNode();
            for (Object element : (Iterable<?>) value) {
                array.add(convert(element, what, depth + 1));
            }
            return array;
        }
        throw notJson(what, value.getClass().getName());
    }

    private static JsonNode object(Map<?, ?> map, String what, int depth) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String)) {
                throw new InvalidContextException(what + " is not JSON-serializable: it has a key that is not text");
            }
            object.set((String) entry.getKey(), convert(entry.getValue(), what, depth + 1));
        }
        return object;
    }

    private static JsonNode number(Number number, String what) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return NODES.numberNode(number.intValue());
        }
        if (number instanceof Long) {
            return NODES.numberNode(number.longValue());
        }
        if (number instanceof BigInteger) {
            return NODES.numberNode((BigInteger) number);
        }
        if (number instanceof BigDecimal) {
            return NODES.numberNode((BigDecimal) number);
        }
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new InvalidContextException(what + " is not JSON-serializable: JSON has no " + number);
            }
            return NODES.numberNode(Double.parseDouble(number.toString()));
        }
        throw notJson(what, number.getClass().getName());
    }

    private static JsonNode node(JsonNode node, String what, int depth) {
        switch (node.getNodeType()) {
            case OBJECT:
                ObjectNode object = NODES.objectNode();
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    object.set(field.getKey(), convert(field.getValue(), what, depth + 1));
                }
                return object;
            case ARRAY:
                ArrayNode array = NODES.arrayNode();
                for (JsonNode element : node) {
                    array.add(convert(element, what, depth + 1));
                }
                return array;
            case NUMBER:
                return number(node.numberValue(), what);
            case STRING:
            case BOOLEAN:
            case NULL:
                return node;
            default:
                throw notJson(what, node.getNodeType().toString());
        }
    }

    private static InvalidContextException notJson(String what, String type) {
        return new InvalidContextException(what + " is not JSON-serializable: a " + type
                + " has no JSON form; use text, numbers, true/false, null, lists and maps of these");
    }
}
