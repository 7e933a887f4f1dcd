package dynoai.app.ve;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Write a VE table in the form of another program.",
        footer = {
            "",
            "Example:",
            "  dynoai export pvv --run runs/ID --base ve.csv --output ve.pvv",
            "",
            "It takes --verbose and --help.",
            "",
            "Exit codes: 0 success, 1 invalid arguments, 2 file not found, 3 hash verification failed,",
            "  4 invalid manifest, 5 anything else."
        })
final class ExportCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which form: pvv");
    }
}
