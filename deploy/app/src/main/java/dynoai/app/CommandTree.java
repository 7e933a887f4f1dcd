package dynoai.app;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Failures;
import dynoai.app.setting.Settings;
import dynoai.schemas.run.ProductVersion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Builds the picocli model: the root and one command or all of them, with the options that all share. */
public final class CommandTree {
    private static final int HELP_WIDTH = 80;

    private CommandTree() {}

    /** Returns the root with only the named command; with all commands if the name is unknown. */
    static CommandLine of(@Nullable String name, Console console) {
        return Optional.ofNullable(name)
                .flatMap(Commands::ofWord)
                .map(command -> of(List.of(command), console))
                .orElseGet(() -> complete(console));
    }

    /** Returns the root with all commands. */
    public static CommandLine complete(Console console) {
        return of(List.of(Commands.values()), console);
    }

    private static CommandLine of(List<Commands> commands, Console console) {
        CommandSpec root = root();
        for (Commands command : commands) {
            Object created = command.create(console);
            CommandLine line = created instanceof CommandLine built ? built : new CommandLine(created);
            addShared(line);
            root.addSubcommand(command.word(), line);
        }
        return configure(new CommandLine(root), console);
    }

    /** Adds {@code --help}, {@code --verbose}, settings and exit codes to a command and its subcommands. */
    private static void addShared(CommandLine line) {
        Settings.attachTo(line);
        CommandSpec spec = line.getCommandSpec();
        describeExitCodes(spec);
        UsageMessageSpec usage = spec.usageMessage();
        usage.description(paragraphs(usage.description())).footer(paragraphs(usage.footer()));
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help and exit.")
                    .build());
        }
        if (line.getSubcommands().isEmpty()) {
            if (spec.findOption("--verbose") == null) {
                spec.addOption(OptionSpec.builder("--verbose")
                        .type(boolean.class)
                        .description("Print more on stderr; print the stack trace of an error.")
                        .build());
            }
            return;
        }
        for (CommandLine sub : line.getSubcommands().values()) {
            addShared(sub);
        }
    }

    /** Joins the lines of each paragraph, which picocli wraps; empty and indented lines stay. */
    private static String[] paragraphs(String... lines) {
        List<String> paragraphs = new ArrayList<>();
        boolean open = false;
        for (String line : lines) {
            boolean text = !line.isEmpty() && !line.startsWith(" ");
            if (open && text) {
                int last = paragraphs.size() - 1;
                paragraphs.set(last, paragraphs.get(last) + " " + line);
            } else {
                paragraphs.add(line);
            }
            open = text && !line.endsWith(":");
        }
        return paragraphs.toArray(String[]::new);
    }

    private static CommandSpec root() {
        CommandSpec root = CommandSpec.create().name("dynoai");
        root.usageMessage()
                .description("Calibration from dyno logs: a log in, VE correction grids, reports and a manifest out.")
                .footer("", "Help on one command: dynoai COMMAND --help")
                .exitCodeList(Map.of("3", "invalid CSV", "4", "validation error"));
        describeExitCodes(root);
        root.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
        root.version("dynoai " + ProductVersion.VERSION);
        return root;
    }

    private static void describeExitCodes(CommandSpec spec) {
        UsageMessageSpec usage = spec.usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(ExitCode.described(usage.exitCodeList()));
    }

    private static CommandLine configure(CommandLine line, Console console) {
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
