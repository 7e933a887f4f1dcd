package dynoai.app.console;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command that only has subcommands. */
public final class CommandGroup {
    private CommandGroup() {}

    /** Returns the command without its subcommands; each example is one command line. */
    public static CommandLine of(String name, String description, String... examples) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage()
                .description(description)
                .footer(
                        "",
                        "Examples:",
                        "  dynoai " + String.join("%n  dynoai ", examples),
                        "",
                        "Each subcommand takes --verbose and --help.");
        return new CommandLine(spec);
    }
}
