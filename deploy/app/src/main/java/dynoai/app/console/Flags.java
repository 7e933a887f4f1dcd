package dynoai.app.console;

import dynoai.schemas.log.LogName;
import java.util.List;
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
