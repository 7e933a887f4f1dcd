package dynoai.intake.upload;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.RequestException;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.log.LogName;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.option.Suggestions;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import dynoai.schemas.upload.Upload;
import dynoai.schemas.yaml.Yaml;
import dynoai.schemas.yaml.YamlException;
import dynoai.schemas.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a client says of a log. Nothing of it is used before it is checked. */
public final class Announcement {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String DEFAULT_CELL = "default";
    private static final Set<String> METADATA =
            Set.of("filename", "sha256", "run_id", "cell", "bike", "options", "force");
    private static final Set<String> QUERY = Set.of("name", "run_id", "cell", "bike", "force");

    private Announcement() {}

    /** Reads a header {@code Upload-Metadata}: keys with values in Base64. */
    public static Upload ofMetadata(String shop, String header, long size, Instant now) throws RequestException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : header.split(",", -1)) {
            String[] parts = pair.trim().split(" ", 2);
            if (!METADATA.contains(parts[0])) {
                throw new RequestException(
                        ErrorCode.INVALID_REQUEST,
                        "the metadata has an unknown key",
                        "the keys are " + METADATA.stream().sorted().toList());
            }
            fields.put(parts[0], parts.length == 1 ? "" : decoded(parts[1]));
        }
        return upload(
                shop,
                fields,
                required(fields, "filename"),
                required(fields, "sha256"),
                size,
                optionsOfYaml(fields.getOrDefault("options", "")),
                now);
    }

    private static String decoded(String base64) throws RequestException {
        try {
            return new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, "a value of the metadata is not Base64");
        }
    }

    /** Reads the query of a log that is sent in one request: the fields, and options by key. */
    public static Upload ofQuery(String shop, Map<String, String> query, String sha256, long size, Instant now)
            throws RequestException {
        Map<String, String> options = new LinkedHashMap<>(query);
        options.keySet().removeAll(QUERY);
        return upload(shop, query, required(query, "name"), sha256, size, options, now);
    }

    private static Upload upload(
            String shop,
            Map<String, String> fields,
            String name,
            String sha256,
            long size,
            Map<String, String> options,
            Instant now)
            throws RequestException {
        try {
            LogName.check(name);
        } catch (UnsafePathException e) {
            throw new RequestException(ErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, "sha256 takes 64 hexadecimal digits");
        }
        Map<String, String> given = new LinkedHashMap<>(options);
        String vehicle = Objects.requireNonNullElse(given.remove("vehicle"), "");
        String bike = name(fields, "bike", "");
        String run = name(fields, "run_id", RunId.fresh(now));
        return new Upload(
                new RunKey(shop, run),
                name(fields, "cell", DEFAULT_CELL),
                vehicle.isEmpty() ? bike : name(Map.of("vehicle", vehicle), "vehicle", ""),
                name,
                size,
                sha256.toLowerCase(Locale.ROOT),
                checked(given),
                flag(fields, "force"),
                now);
    }

    private static String required(Map<String, String> fields, String key) throws RequestException {
        String value = fields.get(key);
        if (value == null || value.isEmpty()) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, key + " is missing");
        }
        return value;
    }

    private static String name(Map<String, String> fields, String key, String otherwise) throws RequestException {
        String value = fields.getOrDefault(key, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!RunId.isValid(value)) {
            throw new RequestException(
                    ErrorCode.INVALID_NAME, key + " takes 1 to 64 of A-Z a-z 0-9 . _ -, not beginning with a dot");
        }
        return value;
    }

    private static boolean flag(Map<String, String> fields, String key) throws RequestException {
        String value = fields.getOrDefault(key, "false");
        if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, key + " takes true or false");
        }
        return value.equals("true") || value.isEmpty() && fields.containsKey(key);
    }

    private static Map<String, String> optionsOfYaml(String yaml) throws RequestException {
        Map<String, String> options = new LinkedHashMap<>();
        try {
            Optional<YamlNode> document =
                    Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)).filter(node -> node.value() != null);
            if (document.isEmpty()) {
                return options;
            }
            if (!(document.get() instanceof YamlNode.Mapping mapping)) {
                throw new RequestException(ErrorCode.INVALID_OPTION, "options is not a mapping of keys to values");
            }
            for (Map.Entry<String, ?> entry : mapping.value().entrySet()) {
                if (entry.getValue() != null) {
                    options.put(entry.getKey(), Option.text(entry.getValue()));
                }
            }
            return options;
        } catch (YamlException e) {
            throw new RequestException(ErrorCode.INVALID_OPTION, "options cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new RequestException(ErrorCode.INVALID_OPTION, "options has a value that is not one of an option");
        }
    }

    /** Returns all options of the analysis, with defaults. */
    private static Map<String, String> checked(Map<String, String> given) throws RequestException {
        for (String key : given.keySet()) {
            Option option = Option.ofKey(key);
            if (option == Option.BASE_FRONT || option == Option.BASE_REAR) {
                throw new RequestException(
                        ErrorCode.INVALID_OPTION,
                        key + " is not possible over HTTP",
                        "base tables are files; apply the finished run to them with 'dynoai ve apply'");
            }
        }
        try {
            return AnalysisOptions.of(given).toTexts();
        } catch (InvalidOptionException e) {
            List<String> similar = Option.ofKey(e.key()) == null
                    ? Suggestions.of(
                            e.key(),
                            Arrays.stream(Option.values()).map(Option::key).toList())
                    : List.of();
            throw new RequestException(
                    ErrorCode.INVALID_OPTION,
                    String.valueOf(e.getMessage()),
                    similar.isEmpty() ? "" : "did you mean " + String.join(" or ", similar) + "?");
        }
    }
}
