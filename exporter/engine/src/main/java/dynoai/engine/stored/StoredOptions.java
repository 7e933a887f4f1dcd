package dynoai.engine.stored;

import dynoai.exporter.manifest.Manifest;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a stored run. */
public final class StoredOptions {
    private StoredOptions() {}

    public static AnalysisOptions of(Manifest manifest) throws InvalidOptionException {
        return without(manifest, List.of());
    }

    /** Returns the options with the default of some. */
    public static AnalysisOptions without(Manifest manifest, Collection<Option> leftOut) throws InvalidOptionException {
        Map<String, String> options = new LinkedHashMap<>();
        manifest.fields("args").forEach((key, value) -> {
            if (value != null && key instanceof String name) {
                Option option = Option.ofKey(name);
                if (option != null && !leftOut.contains(option)) {
                    options.put(name, Option.text(value));
                }
            }
        });
        return AnalysisOptions.of(options);
    }
}
