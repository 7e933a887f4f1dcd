package dynoai.dashboard.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the fields of a JSON object. */
public final class Fields {
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    public Fields put(String name, @Nullable Object value) {
        map.put(name, value);
        return this;
    }

    public Fields put(String name, long value) {
        map.put(name, value);
        return this;
    }

    /** NaN and infinite values become null: JSON has no number for them. */
    public Fields put(String name, double value) {
        map.put(name, Double.isFinite(value) ? value : null);
        return this;
    }

    public Map<String, @Nullable Object> map() {
        return map;
    }
}
