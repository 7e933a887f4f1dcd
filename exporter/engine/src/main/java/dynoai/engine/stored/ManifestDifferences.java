package dynoai.engine.stored;

import dynoai.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two manifests field by field, except names, times and paths. */
final class ManifestDifferences {
    private static final Set<String> VOLATILE = Set.of(
            "run_id",
            "created_at",
            "timestamp_utc",
            "timing",
            "input.path",
            "input_csv",
            "args.base_front",
            "args.base_rear");

    /** A missing field; null is a value. */
    private static final Object ABSENT = new Object();

    private final List<Difference> differences = new ArrayList<>();

    private ManifestDifferences() {}

    static List<Difference> between(Map<?, ?> left, Map<?, ?> right) {
        ManifestDifferences found = new ManifestDifferences();
        found.compareFields("", left, right);
        return found.differences;
    }

    private void compare(String where, @Nullable Object left, @Nullable Object right) {
        if (VOLATILE.contains(where) || where.startsWith("outputs") && where.endsWith(".path")) {
            return;
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            compareFields(where, one, other);
        } else if (left instanceof List<?> one && right instanceof List<?> other) {
            compareLists(where, one, other);
        } else if (!same(left, right)) {
            differences.add(new Difference(where, shown(left), shown(right)));
        }
    }

    private void compareFields(String where, Map<?, ?> left, Map<?, ?> right) {
        Set<String> names = new TreeSet<>();
        left.keySet().forEach(name -> names.add((String) name));
        right.keySet().forEach(name -> names.add((String) name));
        for (String name : names) {
            compare(where.isEmpty() ? name : where + '.' + name, field(left, name), field(right, name));
        }
    }

    private static @Nullable Object field(Map<?, ?> object, String name) {
        return object.containsKey(name) ? object.get(name) : ABSENT;
    }

    /** Matches files by name, so that one more file is one difference. */
    private void compareLists(String where, List<?> left, List<?> right) {
        if (where.equals("outputs")) {
            compareOutputs(byFile(left), byFile(right));
            return;
        }
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            compare(
                    where + '[' + i + ']',
                    i < left.size() ? left.get(i) : ABSENT,
                    i < right.size() ? right.get(i) : ABSENT);
        }
    }

    private void compareOutputs(Map<String, Object> left, Map<String, Object> right) {
        Set<String> files = new TreeSet<>(left.keySet());
        files.addAll(right.keySet());
        for (String file : files) {
            String where = "outputs[" + file + "]";
            if (left.containsKey(file) && right.containsKey(file)) {
                compare(where, left.get(file), right.get(file));
            } else {
                differences.add(new Difference(where, presence(left, file), presence(right, file)));
            }
        }
    }

    private static String presence(Map<String, Object> outputs, String file) {
        return outputs.containsKey(file) ? "written" : "not written";
    }

    private static Map<String, Object> byFile(List<?> outputs) {
        Map<String, Object> byFile = new LinkedHashMap<>();
        for (Object output : outputs) {
            if (output instanceof Map<?, ?> fields && fields.get("file") instanceof String file) {
                byFile.put(file, fields);
            }
        }
        return byFile;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number one && right instanceof Number other) {
            return one.equals(other) || one.doubleValue() == other.doubleValue();
        }
        return left == null ? right == null : left.equals(right);
    }

    private static String shown(@Nullable Object value) {
        if (value == ABSENT) {
            return "";
        }
        return value instanceof String text ? text : new String(Json.canonical(value), StandardCharsets.UTF_8);
    }
}
