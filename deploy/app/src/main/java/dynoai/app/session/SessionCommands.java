package dynoai.app.session;

import dynoai.app.console.CommandGroup;
import dynoai.app.console.Console;
import picocli.CommandLine;

/** The command {@code session}. */
public final class SessionCommands {
    private SessionCommands() {}

    public static CommandLine session(Console console) {
        return CommandGroup.of(
                        "session",
                        "Show and begin sessions of bikes; map their runs together.",
                        "session list",
                        "session show north/bay-1/flhx",
                        "session map north/bay-1/flhx")
                .addSubcommand("list", new SessionListCommand(console))
                .addSubcommand("show", new SessionShowCommand(console))
                .addSubcommand("new", new SessionNewCommand(console))
                .addSubcommand("map", new SessionMapCommand(console))
                .addSubcommand("applied", new SessionAppliedCommand(console))
                .addSubcommand("note", new SessionNoteCommand(console));
    }
}
