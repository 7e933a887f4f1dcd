package dynoai.ingest.folder.scan;

import dynoai.schemas.file.SmallFile;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.yaml.Yaml;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The option files of a drop folder. */
public final class OptionFiles {
    /** Holds the options of every log in its folder. */
    public static final String FILE = "dynoai.yaml";

    /** Ends the name of a file with the options of a single log. */
    public static final String SIDECAR = ".options.yaml";

    public static final List<Option> TABLES = List.of(Option.BASE_FRONT, Option.BASE_REAR);

    /** Largest option file. */
    static final int MAX_BYTES = 64 << 10;

    private OptionFiles() {}

    /** Returns where the options of a rejected log are corrected, in words. */
    public static String correctionOf(String log, String runId) {
        return "write the options into " + log + SIDECAR + " next to the log, one to a line as in map_unit: inhg; then:"
                + " dynoai requeue " + runId + ". run.yaml is a record and is not read again.";
    }

    /**
     * Returns the content of an option file.
     *
     * @param present the options that it has
     * @param changed options by key, which override them; an empty value leaves an option out
     * @throws InvalidOptionException if one is unknown or has an invalid value
     */
    public static byte[] sidecar(Map<String, @Nullable Object> present, Map<String, String> changed)
            throws InvalidOptionException {
        Map<String, @Nullable Object> options = new LinkedHashMap<>(present);
        for (Map.Entry<String, String> entry : changed.entrySet()) {
            if (entry.getValue().isEmpty()) {
                options.remove(entry.getKey());
                continue;
            }
            Option option = AnalysisOptions.optionOf(entry.getKey());
            AnalysisOptions.defaults().with(option, entry.getValue()); // Checks the value.
            options.put(option.key(), entry.getValue());
        }
        return Yaml.write(options);
    }

    static boolean isOptions(String name) {
        return name.equals(FILE) || name.endsWith(SIDECAR);
    }

    /**
     * Reads an option file.
     *
     * @param root with symlinks resolved
     * @throws IOException also if it is too large, not a regular file, or a link out of the drop folder
     */
    public static Map<String, @Nullable Object> read(Path root, Path file) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            throw new IOException("a link out of the drop folder");
        }
        return Yaml.readMapping(file, SmallFile.read(real, MAX_BYTES, LinkOption.NOFOLLOW_LINKS));
    }
}
