package dynoai.app;

import dynoai.app.console.Console;
import dynoai.app.console.Failures;
import dynoai.schemas.run.ProductVersion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Builds the picocli model: the root, and below it one command or all of them, each with the same habits. */
public final class CommandTree {
    private static final int HELP_WIDTH = 100;

    private CommandTree() {}

    /** The root with only the named command; with all of them when there is no such command. */
    static CommandLine of(@Nullable String name, Console console) {
        Object command = name == null ? null : Commands.create(name, console);
        if (command == null) {
            return complete(console);
        }
        CommandSpec root = root();
        root.addSubcommand(name, line(command));
        return habits(new CommandLine(root), console);
    }

    static CommandLine complete(Console console) {
        CommandSpec root = root();
        for (String name : Commands.NAMES) {
            root.addSubcommand(name, line(Objects.requireNonNull(Commands.create(name, console), name)));
        }
        return habits(new CommandLine(root), console);
    }

    private static CommandLine line(Object command) {
        CommandLine line = command instanceof CommandLine ? (CommandLine) command : new CommandLine(command);
        addMissing(line);
        return line;
    }

    /** Every command, at any depth, knows {@code --help} and {@code --verbose}. */
    private static void addMissing(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help and end.")
                    .build());
        }
        if (line.getSubcommands().isEmpty()) {
            if (spec.findOption("--verbose") == null) {
                spec.addOption(OptionSpec.builder("--verbose")
                        .type(boolean.class)
                        .description("Say more on stderr; show the stack trace of an error.")
                        .build());
            }
            return;
        }
        for (CommandLine sub : line.getSubcommands().values()) {
            addMissing(sub);
        }
    }

    private static CommandSpec root() {
        CommandSpec root = CommandSpec.create().name("dynoai");
        root.usageMessage()
                .description("Calibration from dyno logs: a log in, VE correction grids, reports and a manifest out.")
                .footer(
                        "",
                        "Help on one command: dynoai COMMAND --help",
                        "",
                        "Exit codes: 0 success, 1 invalid arguments, 2 file not found, 3 invalid CSV,",
                        "  4 validation error, 5 anything else.");
        root.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and end.")
                .build());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and end.")
                .build());
        root.version("dynoai " + ProductVersion.VERSION);
        return root;
    }

    private static CommandLine habits(CommandLine line, Console console) {
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.colourOnOut() ? Ansi.ON : Ansi.OFF));
        line.setAbbreviatedOptionsAllowed(false);
        line.setOverwrittenOptionsAllowed(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler(new Failures(console));
        line.setExecutionExceptionHandler(new Failures(console));
        return line;
    }
}
