package dynoai.app.console;

import dynoai.schemas.log.LogName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The flags of commands that are built without annotations. */
public final class Flags {
    private Flags() {}

    public static OptionSpec.Builder text(String name, String label, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description);
    }

    public static OptionSpec json() {
        return OptionSpec.builder("--json")
                .type(boolean.class)
                .description("Print the result as JSON.")
                .build();
    }

    /** Returns the argument of a command for the same file as a flag. */
    public static PositionalParamSpec argument(String label, String flag) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .arity("0..1")
                .type(String.class)
                .description("The same as " + flag + ".")
                .build();
    }

    /**
     * Returns a value that may be given by a flag or as the argument.
     *
     * @throws CommandException if it is given twice or not at all
     */
    public static <T> T either(String flag, @Nullable T ofFlag, String label, @Nullable T argument)
            throws CommandException {
        if (ofFlag != null && argument != null) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "give one " + label + ": '" + argument + "' or " + flag + ", not both");
        }
        T value = ofFlag == null ? argument : ofFlag;
        if (value == null) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "no " + label + " given: name it, or use " + flag + " " + label);
        }
        return value;
    }

    /** @param arity how many must be given */
    public static PositionalParamSpec logs(String arity) {
        return PositionalParamSpec.builder()
                .paramLabel("LOG")
                .arity(arity)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Logs, and folders whose " + LogName.ACCEPTED + " are taken.")
                .build();
    }
}
