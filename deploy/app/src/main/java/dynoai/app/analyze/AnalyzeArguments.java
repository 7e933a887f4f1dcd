package dynoai.app.analyze;

import dynoai.app.console.CommandException;
import dynoai.app.console.Flags;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code analyze}.
 *
 * @param csv the log
 * @param outdir the run folder; null for one below {@code runs}
 * @param options the options that were given, unparsed
 */
public record AnalyzeArguments(String csv, @Nullable String outdir, Map<Option, String> options, boolean json) {

    /** @throws CommandException if there is no log, or both an argument and {@code --csv} */
    static AnalyzeArguments of(ParseResult parsed) throws CommandException {
        return new AnalyzeArguments(
                Flags.<String>either(
                        "--csv",
                        parsed.matchedOptionValue("--csv", null),
                        "LOG",
                        parsed.matchedPositionalValue(0, null)),
                parsed.matchedOptionValue("--outdir", null),
                AnalysisFlags.given(parsed),
                parsed.hasMatchedOption("--json"));
    }

    /**
     * Parses a command line without picocli, whose start-up takes longer than a short analysis (decision 0001). Returns null
     * unless it has one log and only known flags, each once and with its value; picocli handles help and errors.
     *
     * @param args the command line after the word {@code analyze}, flags with hyphens
     */
    public static @Nullable AnalyzeArguments ofPlain(String[] args, int from) {
        @Nullable String csv = null;
        @Nullable String outdir = null;
        boolean json = false;
        Map<Option, String> options = new EnumMap<>(Option.class);
        for (int i = from; i < args.length; i++) {
            if (!args[i].startsWith("-") && !args[i].isEmpty() && csv == null) {
                csv = args[i];
                continue;
            }
            int equals = args[i].indexOf('=');
            String flag = equals < 0 ? args[i] : args[i].substring(0, equals);
            @Nullable Option option = flag.startsWith("--") ? Option.ofKey(flag.substring(2)) : null;
            if (flag.equals("--json") && equals < 0 && !json) {
                json = true;
                continue;
            }
            if (option != null && option.kind() == Option.Kind.FLAG) {
                if (equals >= 0 || options.put(option, "true") != null) {
                    return null;
                }
                continue;
            }
            if (equals < 0 && ++i == args.length) {
                return null;
            }
            String value = equals < 0 ? args[i] : args[i].substring(equals + 1);
            if (value.isEmpty() || value.startsWith("--") || value.startsWith("-") && option == null) {
                return null;
            }
            if (option != null && options.put(option, value) == null) {
                continue;
            }
            if (flag.equals("--csv") && csv == null) {
                csv = value;
            } else if (flag.equals("--outdir") && outdir == null) {
                outdir = value;
            } else {
                return null;
            }
        }
        return csv == null ? null : new AnalyzeArguments(csv, outdir, options, json);
    }

    /** @throws InvalidOptionException if a value or a combination of values is invalid; it names the option */
    AnalysisOptions resolved() throws InvalidOptionException {
        return AnalysisFlags.resolved(options);
    }
}
