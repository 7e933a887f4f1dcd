package dynoai.exporter.ve;

import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.application.MetadataWriter;
import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
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
 * Reads metadata of this and of other programs. Metadata with {@code residuals} or {@code metadata_sha} is of this program:
 * a flipped bit can only damage one of them, and the hash at the end must match. Other metadata is checked field by field.
 */
final class MetadataReader {
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");
    private static final int SHA_DIGITS = 64;
    private static final long MAX_RESIDUAL = 10_000_000_000_000L;

    private final String file;

    MetadataReader(String file) {
        this.file = file;
    }

    /** Returns the applications, newest first. */
    List<ApplyMetadata> read(byte[] bytes) throws VeException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean ours = text.contains("residuals") || text.contains("metadata_sha");
        int seal =
                text.length() - MetadataWriter.SEAL_AFTER.length() - SHA_DIGITS - MetadataWriter.SEAL_BEFORE.length();
        boolean sealed = ours && seal > 0 && text.startsWith(MetadataWriter.SEAL_BEFORE, seal);
        if (sealed) {
            String recorded = text.substring(
                    seal + MetadataWriter.SEAL_BEFORE.length(), text.length() - MetadataWriter.SEAL_AFTER.length());
            String found = Sha256.hex(Arrays.copyOf(bytes, seal));
            if (!text.endsWith(MetadataWriter.SEAL_AFTER) || !recorded.equals(found)) {
                throw VeException.hash("the metadata " + file, recorded, found);
            }
        }
        Map<?, ?> tree;
        try {
            tree = Json.readObject(bytes);
        } catch (IOException ignored) { // The file is damaged or not metadata; the syntax error does not matter.
            throw ours
                    ? unsealed(bytes)
                    : VeException.metadata("invalid metadata " + file + ": it is not a JSON object");
        }
        List<ApplyMetadata> applications = applications(tree);
        if (ours && !sealed) {
            throw unsealed(bytes);
        }
        return applications;
    }

    private VeException unsealed(byte[] bytes) {
        return VeException.hash("the metadata " + file, "missing or unreadable in the file", Sha256.hex(bytes));
    }

    private List<ApplyMetadata> applications(Map<?, ?> tree) throws VeException {
        List<ApplyMetadata> applications = new ArrayList<>();
        applications.add(application(tree));
        for (Object earlier : list(tree, "earlier")) {
            if (!(earlier instanceof Map<?, ?> fields)) {
                throw wrong("earlier", "must be a list of objects");
            }
            applications.add(application(fields));
        }
        return List.copyOf(applications);
    }

    private ApplyMetadata application(Map<?, ?> fields) throws VeException {
        String operation = text(fields, "operation");
        boolean longNames = fields.get("base_sha256") != null;
        if (!(operation == null ? longNames : operation.equals("apply"))) {
            throw wrong("operation", "must be \"apply\", not " + operation);
        }
        return new ApplyMetadata(
                required("base_sha", sha(fields, "base_sha")),
                required("factor_sha", sha(fields, "factor_sha")),
                sha(fields, "output_sha"),
                appliedAt(fields),
                text(fields, "user"),
                maxAdjust(fields),
                text(fields, "app_version"),
                text(fields, "math_version"),
                text(fields, "folder"),
                text(fields, "base_file"),
                text(fields, "factor_file"),
                text(fields, "output_file"),
                text(fields, "comment"),
                text(fields, "run_id"),
                text(fields, "mask_file"),
                sha(fields, "mask_sha"),
                fields.get("min_hits") == null ? 0 : whole("min_hits", fields.get("min_hits")),
                leftAlone(fields),
                fields.get("rounded_base_cells") == null
                        ? null
                        : whole("rounded_base_cells", fields.get("rounded_base_cells")),
                wholes(fields, "residuals", -MAX_RESIDUAL, MAX_RESIDUAL));
    }

    /** The metadata of a run folder has no time: its bytes depend on the log and the options only. */
    private @Nullable String appliedAt(Map<?, ?> fields) throws VeException {
        String time = text(fields, "applied_at_utc");
        return time == null && fields.get("residuals") != null ? null : required("applied_at_utc", time);
    }

    /** Returns a hash by its name or its older, longer name; null if it is missing. */
    private @Nullable String sha(Map<?, ?> fields, String name) throws VeException {
        String sha = text(fields, fields.get(name) == null ? name + "256" : name);
        if (sha == null) {
            return null;
        }
        String digits = sha.toLowerCase(Locale.ROOT);
        if (!SHA.matcher(digits).matches()) {
            throw wrong(name, "must be the 64 hexadecimal digits of a SHA-256");
        }
        return digits;
    }

    private double maxAdjust(Map<?, ?> fields) throws VeException {
        double percent = fields.get("max_adjust_pct") instanceof Number number ? number.doubleValue() : Double.NaN;
        if (!(percent > 0 && Double.isFinite(percent))) {
            throw wrong("max_adjust_pct", "must be a number above 0");
        }
        return percent;
    }

    private List<Integer> leftAlone(Map<?, ?> fields) throws VeException {
        return wholes(fields, "left_alone", 0, Integer.MAX_VALUE).stream()
                .map(Math::toIntExact)
                .toList();
    }

    private List<Long> wholes(Map<?, ?> fields, String name, long min, long max) throws VeException {
        List<Long> numbers = new ArrayList<>();
        for (Object value : list(fields, name)) {
            long number = whole(name, value);
            if (number < min || number > max) {
                throw wrong(name, "has a number that is out of range");
            }
            numbers.add(number);
        }
        return List.copyOf(numbers);
    }

    private List<?> list(Map<?, ?> fields, String name) throws VeException {
        Object value = fields.get(name);
        if (value != null && !(value instanceof List)) {
            throw wrong(name, "must be a list");
        }
        return value instanceof List<?> list ? list : List.of();
    }

    private long whole(String name, @Nullable Object value) throws VeException {
        if (value instanceof Long number) {
            return number;
        }
        throw wrong(name, "must have whole numbers");
    }

    private @Nullable String text(Map<?, ?> fields, String name) throws VeException {
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
}
