package dynoai.app.ve;

import dynoai.app.console.CommandGroup;
import dynoai.app.console.Console;
import picocli.CommandLine;

/** The commands {@code ve}, {@code export} and {@code import}. */
public final class VeCommands {
    private VeCommands() {}

    public static CommandLine ve(Console console) {
        return CommandGroup.of(
                        "ve",
                        "Apply correction factors to a VE table, or roll them back.",
                        "ve apply ve.csv --run runs/ID --output ve_new.csv --dry-run",
                        "ve rollback new.csv --metadata new_meta.json --output ve.csv")
                .addSubcommand("apply", new VeApplyCommand(console))
                .addSubcommand("rollback", new VeRollbackCommand(console))
                .addSubcommand("history", new VeHistoryCommand(console));
    }

    public static CommandLine exportTable(Console console) {
        return CommandGroup.of(
                        "export",
                        "Write a VE or correction table for another program.",
                        "export pvv ve.csv --run runs/ID --output ve.pvv",
                        "export table runs/ID --cylinder front --values factor")
                .addSubcommand("pvv", new ExportPvvCommand(console))
                .addSubcommand("table", new ExportTableCommand(console));
    }

    public static CommandLine importTable(Console console) {
        return CommandGroup.of(
                        "import", "Convert a VE table of another program to CSV.", "import pvv ve.pvv --output ve.csv")
                .addSubcommand("pvv", new ImportPvvCommand(console));
    }
}
