package dynoai.engine.retention;

import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsuitableFileException;
import dynoai.schemas.option.Suggestions;
import dynoai.schemas.yaml.Yaml;
import dynoai.schemas.yaml.YamlException;
import dynoai.schemas.yaml.YamlNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads retention policies. Every problem is reported, with its line. */
public final class PolicyReader {
    /** A policy for messages: what a shop of one server may want. */
    public static final String EXAMPLE = """
            runs:            # run folders
              keep_days: 365
              keep_newest: 20
            maps:            # accumulated maps of sessions
              keep_days: 365
            done:            # logs of runs, in the drop folder
              keep_days: 30
            rejected:
              keep_days: 90
            duplicates:
              keep_days: 7
            logs:            # logs in the store that no run folder needs
              keep_days: 31
              max_bytes: 500 GiB
            """;

    /** Analysis outcomes are on Kafka for 30 days, and an exporter that reads them again needs their logs. */
    static final int MIN_LOG_DAYS = 31;

    static final int MAX_DAYS = 36_500;
    static final int MAX_NEWEST = 1_000_000;

    private static final String KEEP_DAYS = "keep_days";
    private static final String KEEP_NEWEST = "keep_newest";
    private static final String MAX_BYTES = "max_bytes";
    private static final int MAX_FILE_BYTES = 64 << 10;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}) ?(KiB|MiB|GiB|TiB)");
    private static final Map<String, Integer> SHIFTS = Map.of("KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);

    private final String file;
    private final Map<Integer, List<String>> problems = new TreeMap<>();

    private PolicyReader(String file) {
        this.file = file;
    }

    /**
     * Reads a policy.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    public static RetentionPolicy read(Path file) throws IOException, InvalidPolicyException {
        try {
            return read(file.toString(), SmallFile.read(file, MAX_FILE_BYTES));
        } catch (UnsuitableFileException e) {
            throw new InvalidPolicyException(List.of(file + ": the file " + e.getReason()));
        }
    }

    /** @param name names the policy in messages */
    static RetentionPolicy read(String name, byte[] bytes) throws InvalidPolicyException {
        PolicyReader reader = new PolicyReader(name);
        Map<RetentionKind, RetentionRule> rules = reader.rules(bytes);
        if (!reader.problems.isEmpty()) {
            throw new InvalidPolicyException(
                    reader.problems.values().stream().flatMap(List::stream).toList());
        }
        return new RetentionPolicy(rules);
    }

    private Map<RetentionKind, RetentionRule> rules(byte[] bytes) {
        Map<RetentionKind, RetentionRule> rules = new EnumMap<>(RetentionKind.class);
        Optional<YamlNode> document;
        try {
            document = Yaml.read(bytes).filter(node -> node.value() != null);
        } catch (YamlException e) {
            problem(e.line(), e.field(), e.problem());
            return rules;
        }
        if (document.isEmpty()) {
            problem(1, "", "the file is empty; it needs at least one of " + kinds());
        } else if (document.get() instanceof YamlNode.Mapping mapping) {
            mapping.fields().forEach((name, value) -> rule(name, value, rules));
        } else {
            problem(document.get().line(), "", "must be a mapping of " + kinds());
        }
        return rules;
    }

    private static String kinds() {
        return String.join(
                ", ", Stream.of(RetentionKind.values()).map(RetentionKind::key).toList());
    }

    private void rule(String name, YamlNode value, Map<RetentionKind, RetentionRule> rules) {
        List<String> known =
                Stream.of(RetentionKind.values()).map(RetentionKind::key).toList();
        if (!known.contains(name)) {
            problem(value.line(), name, unknown(name, known));
            return;
        }
        RetentionKind kind = RetentionKind.values()[known.indexOf(name)];
        boolean hasBikes = kind != RetentionKind.LOGS;
        List<String> limits = hasBikes ? List.of(KEEP_DAYS, KEEP_NEWEST, MAX_BYTES) : List.of(KEEP_DAYS, MAX_BYTES);
        if (!(value instanceof YamlNode.Mapping mapping) || mapping.fields().isEmpty()) {
            problem(value.line(), name, "must be a mapping of " + String.join(", ", limits));
            return;
        }
        mapping.fields().forEach((limit, given) -> {
            if (!limits.contains(limit)) {
                problem(given.line(), name + "." + limit, unknown(limit, limits));
            }
        });
        rules.put(
                kind,
                new RetentionRule(
                        toInt(whole(mapping, name, KEEP_DAYS, hasBikes ? 1 : MIN_LOG_DAYS, MAX_DAYS)),
                        toInt(hasBikes ? whole(mapping, name, KEEP_NEWEST, 1, MAX_NEWEST) : null),
                        bytes(mapping, name)));
    }

    private static String unknown(String name, List<String> known) {
        List<String> similar = Suggestions.of(name, known);
        return "unknown; " + (similar.isEmpty() ? "known are " : "did you mean ")
                + String.join(similar.isEmpty() ? ", " : " or ", similar.isEmpty() ? known : similar);
    }

    private static @Nullable Integer toInt(@Nullable Long number) {
        return number == null ? null : Math.toIntExact(number);
    }

    private @Nullable Long whole(YamlNode.Mapping mapping, String kind, String name, long min, long max) {
        YamlNode node = mapping.fields().get(name);
        if (node == null) {
            return null;
        }
        if (isWhole(node.value())) {
            BigInteger number = new BigInteger(String.valueOf(node.value()));
            if (number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0) {
                return number.longValueExact();
            }
        }
        problem(
                node.line(),
                kind + "." + name,
                "must be a whole number from " + min + " to " + max + ", is " + node.value()
                        + (kind.equals(RetentionKind.LOGS.key())
                                ? "; Kafka keeps outcomes for 30 days, and their logs must not go before"
                                : ""));
        return null;
    }

    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    }

    private @Nullable Long bytes(YamlNode.Mapping mapping, String kind) {
        YamlNode node = mapping.fields().get(MAX_BYTES);
        if (node == null) {
            return null;
        }
        Object value = node.value();
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        Matcher size = SIZE.matcher(value instanceof String text ? text : "");
        if (size.matches()) {
            int shift = SHIFTS.getOrDefault(size.group(2), 0);
            long number = Long.parseLong(size.group(1));
            if (number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        }
        problem(
                node.line(),
                kind + "." + MAX_BYTES,
                "must be a number of bytes, or one with KiB, MiB, GiB or TiB such as 500 GiB, is " + value);
        return null;
    }

    private void problem(int line, String field, String what) {
        problems.computeIfAbsent(line, none -> new ArrayList<>())
                .add(file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + what);
    }
}
