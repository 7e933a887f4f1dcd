package dynoai.app.analyze;

import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of an analysis as flags, generated from {@link Option}. */
public final class AnalysisFlags {
    private AnalysisFlags() {}

    public static void addTo(CommandSpec spec) {
        for (Option option : Option.values()) {
            spec.addOption(flag(option));
        }
    }

    /** @throws InvalidOptionException if a value or a combination of values is invalid; it names the option */
    public static AnalysisOptions read(ParseResult parsed) throws InvalidOptionException {
        return resolved(given(parsed));
    }

    public static Map<Option, String> given(ParseResult parsed) {
        Map<Option, String> given = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            OptionSpec flag = parsed.matchedOption(option.flag());
            if (flag != null) {
                given.put(option, value(option, flag));
            }
        }
        return given;
    }

    private static String value(Option option, OptionSpec flag) {
        switch (option.kind()) {
            case FLAG:
                return "true";
            case COLUMNS:
                return String.join("\n", flag.stringValues());
            default:
                return flag.getValue();
        }
    }

    static AnalysisOptions resolved(Map<Option, String> given) throws InvalidOptionException {
        AnalysisOptions options = AnalysisOptions.defaults();
        for (Map.Entry<Option, String> entry : given.entrySet()) {
            options = options.with(entry.getKey(), entry.getValue());
        }
        options.checkTogether();
        return options;
    }

    private static OptionSpec flag(Option option) {
        OptionSpec.Builder flag = OptionSpec.builder(option.flag());
        if (option.kind() == Option.Kind.FLAG) {
            return flag.type(boolean.class).description(description(option)).build();
        }
        flag.type(option.kind() == Option.Kind.COLUMNS ? String[].class : String.class)
                .paramLabel(label(option))
                .description(description(option));
        if (option.kind() == Option.Kind.CHOICE) {
            flag.completionCandidates(option.choices());
        }
        return flag.build();
    }

    /** Returns a format string, as picocli wants it. */
    private static String description(Option option) {
        String text = option.kind() == Option.Kind.FLAG
                ? option.meaning()
                : option.meaning() + range(option) + byDefault(option);
        return text.replace("%", "%%");
    }

    private static String label(Option option) {
        switch (option.kind()) {
            case FILE:
                return "FILE";
            case COLUMNS:
                return "CHANNEL=HEADER";
            case CHOICE:
                return String.join("|", option.choices());
            default:
                return "N";
        }
    }

    private static String range(Option option) {
        Option.Kind kind = option.kind();
        boolean explained = kind == Option.Kind.NUMBER || kind == Option.Kind.WHOLE || kind == Option.Kind.COLUMNS;
        return explained ? " Takes " + option.accepts() + "." : "";
    }

    private static String byDefault(Option option) {
        return option.defaultText() == null ? "" : " Default: " + option.defaultText() + ".";
    }
}
