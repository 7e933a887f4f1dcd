package dynoai.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares two manifests field by field, without what must differ between any two runs: names, times and paths. */
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

    private final List<Difference> differences = new ArrayList<>();

    private ManifestDifferences() {}

    static List<Difference> between(JsonNode left, JsonNode right) {
        ManifestDifferences found = new ManifestDifferences();
        found.compare("", left, right);
        return found.differences;
    }

    private void compare(String where, JsonNode left, JsonNode right) {
        if (VOLATILE.contains(where) || where.startsWith("outputs") && where.endsWith(".path")) {
            return;
        }
        if (left.isObject() && right.isObject()) {
            for (String name : names(left, right)) {
                compare(where.isEmpty() ? name : where + '.' + name, left.path(name), right.path(name));
            }
        } else if (left.isArray() && right.isArray()) {
            compareArrays(where, left, right);
        } else if (!same(left, right)) {
            differences.add(new Difference(where, shown(left), shown(right)));
        }
    }

    /** Arrays of files are matched by file name, so that one more file is one difference. */
    private void compareArrays(String where, JsonNode left, JsonNode right) {
        if (where.equals("outputs")) {
            Set<String> files = new TreeSet<>();
            left.forEach(file -> files.add(file.path("file").asText()));
            right.forEach(file -> files.add(file.path("file").asText()));
            for (String file : files) {
                compareFile(file, named(left, file), named(right, file));
            }
            return;
        }
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            compare(where + '[' + i + ']', left.path(i), right.path(i));
        }
    }

    private void compareFile(String file, JsonNode left, JsonNode right) {
        String where = "outputs[" + file + "]";
        if (left.isMissingNode() || right.isMissingNode()) {
            differences.add(new Difference(where, presence(left), presence(right)));
        } else {
            compare(where, left, right);
        }
    }

    private static String presence(JsonNode file) {
        return file.isMissingNode() ? "not written" : "written";
    }

    private static JsonNode named(JsonNode outputs, String file) {
        for (JsonNode output : outputs) {
            if (output.path("file").asText().equals(file)) {
                return output;
            }
        }
        return outputs.path(-1);
    }

    private static boolean same(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        return left.equals(right);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "" : value.isTextual() ? value.asText() : value.toString();
    }

    private static Set<String> names(JsonNode left, JsonNode right) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> each = left.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        for (Iterator<String> each = right.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }
}
