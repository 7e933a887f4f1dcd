package dynoai.ingest.folder.scan;

import dynoai.schemas.option.Option;
import dynoai.schemas.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The option files of a drop folder, and the base tables that they name. */
public final class OptionFiles {
    /** Holds the options of every log in its folder. */
    public static final String FILE = "dynoai.yaml";

    /** Ends the name of a file with the options of a single log. */
    public static final String SIDECAR = ".options.yaml";

    public static final List<Option> TABLES = List.of(Option.BASE_FRONT, Option.BASE_REAR);

    private OptionFiles() {}

    static boolean isOptions(String name) {
        return name.equals(FILE) || name.endsWith(SIDECAR);
    }

    /** Returns the files that options name as base tables, because they look like logs. */
    static Set<Path> tablesNamedIn(Iterable<Path> optionFiles) {
        Set<Path> named = new HashSet<>();
        for (Path file : optionFiles) {
            Map<?, ?> content = readable(file);
            for (Option base : TABLES) {
                Object given = content.get(base.key());
                if (given != null) {
                    named.add(file.resolveSibling(given.toString()).normalize());
                }
            }
        }
        return named;
    }

    /** Unreadable options name no tables; their logs are rejected later. */
    private static Map<?, ?> readable(Path file) {
        try {
            return Yaml.readMapping(file);
        } catch (IOException | RuntimeException unreadable) {
            return Map.of();
        }
    }
}
