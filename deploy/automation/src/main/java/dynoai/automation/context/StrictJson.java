package dynoai.automation.context;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON without exceptions to its rules: copies Java values that have an exact JSON form, and reads it strictly. */
public final class StrictJson {
    /** Rejects text after the value and repeated fields. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int MAX_DEPTH = 200;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StrictJson() {}

    /**
     * @param what names the value in messages
     * @throws InvalidContextException if the value has no exact JSON form
     */
    public static JsonNode of(@Nullable Object value, String what) {
        return convert(value, what, 0);
    }

    private static JsonNode convert(@Nullable Object value, String what, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidContextException(
                    what + " is nested deeper than " + MAX_DEPTH + " levels, or contains itself");
        }
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof TextNode || value instanceof BooleanNode || value instanceof NullNode) {
            return (JsonNode) value;
        }
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return number(number, what);
        }
        if (value instanceof NumericNode node) {
            return number(node.numberValue(), what);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map.entrySet(), what, depth);
        }
        if (value instanceof ObjectNode node) {
            return object(node.properties(), what, depth);
        }
        if (value instanceof ArrayNode
                || value instanceof Iterable && !(value instanceof Path || value instanceof JsonNode)) {
            ArrayNode array = NODES.arrayNode();
            for (Object element : (Iterable<?>) value) {
                array.add(convert(element, what, depth + 1));
            }
            return array;
        }
        throw notJson(what, value);
    }

    private static JsonNode object(Collection<? extends Map.Entry<?, ?>> entries, String what, int depth) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<?, ?> entry : entries) {
            if (!(entry.getKey() instanceof String key)) {
                throw new InvalidContextException(what + " is not JSON-serializable: it has a key that is not text");
            }
            object.set(key, convert(entry.getValue(), what, depth + 1));
        }
        return object;
    }

    private static JsonNode number(Number number, String what) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return NODES.numberNode(number.intValue());
        }
        if (number instanceof Long whole) {
            return NODES.numberNode(whole.longValue());
        }
        if (number instanceof BigInteger whole) {
            return NODES.numberNode(whole);
        }
        if (number instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new InvalidContextException(what + " is not JSON-serializable: JSON has no " + number);
            }
            return NODES.numberNode(Double.parseDouble(number.toString()));
        }
        throw notJson(what, number);
    }

    private static InvalidContextException notJson(String what, Object value) {
        return new InvalidContextException(
                what + " is not JSON-serializable: a " + value.getClass().getName()
                        + " has no JSON form; use text, numbers, true/false, null, lists and maps of these");
    }
}
