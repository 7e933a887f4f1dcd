package dynoai.app;

import picocli.CommandLine;

/** Makes the commands that change or carry VE tables. */
final class VeCommands {
    private VeCommands() {}

    static CommandLine ve(Console console) {
        return new CommandLine(new VeCommand())
                .addSubcommand("apply", new VeApplyCommand(console))
                .addSubcommand("rollback", new VeRollbackCommand(console))
                .addSubcommand("history", new VeHistoryCommand(console));
    }

    static CommandLine exporting(Console console) {
        return new CommandLine(new ExportCommand()).addSubcommand("pvv", new ExportPvvCommand(console));
    }

    static CommandLine importing(Console console) {
        return new CommandLine(new ImportCommand()).addSubcommand("pvv", new ImportPvvCommand(console));
    }
}
