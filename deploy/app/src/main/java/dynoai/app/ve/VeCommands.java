package dynoai.app.ve;

import dynoai.app.console.Console;
import picocli.CommandLine;

/** Makes the commands that change or carry VE tables. */
public final class VeCommands {
    private VeCommands() {}

    public static CommandLine ve(Console console) {
        return new CommandLine(new VeCommand())
                .addSubcommand("apply", new VeApplyCommand(console))
                .addSubcommand("rollback", new VeRollbackCommand(console))
                .addSubcommand("history", new VeHistoryCommand(console));
    }

    public static CommandLine exporting(Console console) {
        return new CommandLine(new ExportCommand()).addSubcommand("pvv", new ExportPvvCommand(console));
    }

    public static CommandLine importing(Console console) {
        return new CommandLine(new ImportCommand()).addSubcommand("pvv", new ImportPvvCommand(console));
    }
}
