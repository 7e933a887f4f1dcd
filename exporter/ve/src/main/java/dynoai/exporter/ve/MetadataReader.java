package dynoai.exporter.ve;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata, ours and that of other programs. Ours is recognised by {@code residuals} or {@code metadata_sha}, of
 * which a flipped bit can only hit one, and its seal must hold. What is left is judged by its fields.
 */
final class MetadataReader {
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");
    private static final int SHA_DIGITS = 64;
    private static final long LARGEST_RESIDUAL = 10_000_000_000_000L;

    private final String file;

    MetadataReader(String file) {
        this.file = file;
    }

    /** The applications, newest first. */
    List<ApplyMetadata> read(byte[] bytes) throws VeException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean ours = text.contains("residuals") || text.contains("metadata_sha");
        int seal =
                text.length() - MetadataWriter.SEAL_AFTER.length() - SHA_DIGITS - MetadataWriter.SEAL_BEFORE.length();
        if (ours && seal > 0 && text.startsWith(MetadataWriter.SEAL_BEFORE, seal)) {
            String recorded = text.substring(
                    seal + MetadataWriter.SEAL_BEFORE.length(), text.length() - MetadataWriter.SEAL_AFTER.length());
            String found = Sha256.hex(Arrays.copyOf(bytes, seal));
            if (!text.endsWith(MetadataWriter.SEAL_AFTER) || !recorded.equals(found)) {
                throw VeException.hash("the metadata " + file, recorded, found);
            }
            return applications(tree(bytes));
        }
        try {
            List<ApplyMetadata> applications = applications(tree(bytes));
            if (!ours) {
                return applications;
            }
        } catch (VeException wrong) {
            if (!ours || isJson(bytes)) {
                throw wrong;
            }
        }
        throw VeException.hash("the metadata " + file, "missing or unreadable in the file", Sha256.hex(bytes));
    }

    private List<ApplyMetadata> applications(Map<String, Object> tree) throws VeException {
        List<ApplyMetadata> applications = new ArrayList<>();
        applications.add(application(tree));
        for (Object earlier : list(tree, "earlier")) {
            if (!(earlier instanceof Map)) {
                throw wrong("earlier", "must be a list of objects");
            }
            Map<String, Object> fields = new java.util.LinkedHashMap<>();
            ((Map<?, ?>) earlier).forEach((name, value) -> fields.put(String.valueOf(name), value));
            applications.add(application(fields));
        }
        return List.copyOf(applications);
    }

    private ApplyMetadata application(Map<String, Object> fields) throws VeException {
        String operation = text(fields, "operation");
        boolean longNames = fields.containsKey("base_sha256");
        if (!(operation == null ? longNames : operation.equals("apply"))) {
            throw wrong("operation", "must be \"apply\", not " + operation);
        }
        return new ApplyMetadata(
                required("base_sha", sha(fields, "base_sha")),
                required("factor_sha", sha(fields, "factor_sha")),
                sha(fields, "output_sha"),
                required("applied_at_utc", text(fields, "applied_at_utc")),
                maxAdjust(fields),
                text(fields, "app_version"),
                text(fields, "math_version"),
                text(fields, "base_file"),
                text(fields, "factor_file"),
                text(fields, "output_file"),
                text(fields, "comment"),
                text(fields, "run_id"),
                text(fields, "mask_file"),
                sha(fields, "mask_sha"),
                fields.containsKey("min_hits") ? whole("min_hits", fields.get("min_hits")) : 0,
                leftAlone(fields),
                residuals(fields));
    }

    /** A hash under its name here or its older, longer one; null when there is none. */
    private @Nullable String sha(Map<String, Object> fields, String name) throws VeException {
        String longName = name + "256";
        String sha = text(fields, fields.containsKey(name) ? name : longName);
        if (sha == null) {
            return null;
        }
        String digits = sha.toLowerCase(Locale.ROOT);
        if (!SHA.matcher(digits).matches()) {
            throw wrong(name, "must be the 64 hexadecimal digits of a SHA-256");
        }
        return digits;
    }

    private double maxAdjust(Map<String, Object> fields) throws VeException {
        Object value = fields.get("max_adjust_pct");
        double percent = value instanceof Number ? ((Number) value).doubleValue() : Double.NaN;
        if (!(percent > 0 && Double.isFinite(percent))) {
            throw wrong("max_adjust_pct", "must be a number above 0");
        }
        return percent;
    }

    private List<Integer> leftAlone(Map<String, Object> fields) throws VeException {
        List<Integer> cells = new ArrayList<>();
        for (Object value : list(fields, "left_alone")) {
            long cell = whole("left_alone", value);
            if (cell < 0 || cell > Integer.MAX_VALUE) {
                throw wrong("left_alone", "must be a list of cells");
            }
            cells.add((int) cell);
        }
        return List.copyOf(cells);
    }

    private List<Long> residuals(Map<String, Object> fields) throws VeException {
        List<Long> residuals = new ArrayList<>();
        for (Object value : list(fields, "residuals")) {
            long residual = whole("residuals", value);
            if (Math.abs(residual) > LARGEST_RESIDUAL) {
                throw wrong("residuals", "holds a number that no table has");
            }
            residuals.add(residual);
        }
        return List.copyOf(residuals);
    }

    private List<?> list(Map<String, Object> fields, String name) throws VeException {
        Object value = fields.getOrDefault(name, List.of());
        if (!(value instanceof List)) {
            throw wrong(name, "must be a list");
        }
        return (List<?>) value;
    }

    private long whole(String name, @Nullable Object value) throws VeException {
        if (!(value instanceof Long)) {
            throw wrong(name, "must hold whole numbers");
        }
        return (Long) value;
    }

    private @Nullable String text(Map<String, Object> fields, String name) throws VeException {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String)) {
            throw wrong(name, "must be a text");
        }
        return (String) value;
    }

    private String required(String name, @Nullable String value) throws VeException {
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    private VeException wrong(String field, String what) {
        return VeException.metadata("invalid metadata " + file + ": " + field + " " + what);
    }

    private Map<String, Object> tree(byte[] bytes) throws VeException {
        try {
            return JsonTree.read(bytes);
        } catch (IOException notJson) {
            throw VeException.metadata("invalid metadata " + file + ": it is no JSON object");
        }
    }

    private static boolean isJson(byte[] bytes) {
        try {
            JsonTree.read(bytes);
            return true;
        } catch (IOException notJson) {
            return false;
        }
    }
}
