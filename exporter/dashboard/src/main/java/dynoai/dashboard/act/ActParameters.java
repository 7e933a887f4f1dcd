package dynoai.dashboard.act;

import dynoai.dashboard.http.HttpException;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.RunId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the parameters of an act. */
final class ActParameters {
    private static final int MAX_VALUE = 4000;

    private ActParameters() {}

    /** Returns a valid name of a run, shop or other id. */
    static String id(JsonTree parameters, String name) throws HttpException {
        String id = parameters.at(name).text();
        if (!RunId.isValid(id)) {
            throw HttpException.of(422, name + " must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with no dot");
        }
        return id;
    }

    /** Returns the options of an analysis by key, as texts. */
    static Map<String, String> options(JsonTree parameters) throws HttpException, InvalidOptionException {
        Map<String, String> options = new LinkedHashMap<>();
        if (parameters.at("options").value() instanceof Map<?, ?> given) {
            for (Map.Entry<?, ?> entry : given.entrySet()) {
                put(options, String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
            }
        }
        return options;
    }

    /** Adds an option; one without a value is left out, and may be unknown. */
    static void put(Map<String, String> options, String key, String value)
            throws HttpException, InvalidOptionException {
        if (!value.isEmpty() && AnalysisOptions.optionOf(key).kind() == Option.Kind.FILE) {
            throw HttpException.of(422, key + " names a file of this machine, which the page does not accept");
        }
        checkLength(key, value);
        options.put(key, value);
    }

    static void checkLength(String key, String value) throws HttpException {
        if (value.length() > MAX_VALUE) {
            throw HttpException.of(422, key + " has more than " + MAX_VALUE + " characters");
        }
    }
}
