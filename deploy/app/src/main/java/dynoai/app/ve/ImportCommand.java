package dynoai.app.ve;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Read a VE table of another program into the CSV form.",
        footer = {
            "",
            "Example:",
            "  dynoai import pvv ve.pvv --output ve.csv",
            "",
            "It takes --verbose and --help.",
            "",
            "Exit codes: 0 success, 1 invalid arguments or file, 2 file not found, 5 anything else."
        })
final class ImportCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which form: pvv");
    }
}
