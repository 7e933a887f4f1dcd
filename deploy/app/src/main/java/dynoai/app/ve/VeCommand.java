package dynoai.app.ve;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "ve",
        description = "Apply correction factors to a VE table, and take them back exactly.",
        footer = {
            "",
            "Examples:",
            "  dynoai ve apply --base ve.csv --run runs/ID --output ve_new.csv --dry-run",
            "  dynoai ve rollback --current ve_new.csv --metadata ve_new_meta.json --output ve_back.csv",
            "",
            "Each takes --verbose and --help.",
            "",
            "Exit codes: 0 success, 1 invalid arguments, 2 file not found, 3 hash verification failed,",
            "  4 invalid metadata, 5 anything else."
        })
final class VeCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: apply, rollback or history");
    }
}
