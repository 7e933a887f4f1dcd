package dynoai.app;

import dynoai.app.analyze.AnalyzeArguments;
import dynoai.app.analyze.AnalyzeCommand;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Failures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The command {@code dynoai}. */
public final class DynoAi {
    private DynoAi() {}

    public static void main(String[] args) {
        Console console = Console.ofProcess();
        System.exit(run(args, console));
    }

    /** Runs one command line, flushes the console and returns the exit code. */
    public static int run(String[] args, Console console) {
        String[] spelled = hyphenated(args);
        if (StaticTexts.print(spelled, console)) {
            return console.finish(ExitCode.SUCCESS);
        }
        if (spelled.length > 0 && spelled[0].equals("analyze")) {
            @Nullable AnalyzeArguments plain = AnalyzeArguments.ofPlain(spelled, 1);
            if (plain != null) {
                return console.finish(analyze(plain, console));
            }
        }
        CommandLine root = CommandTree.of(commandName(spelled), console);
        int exitCode;
        if (spelled.length == 0) {
            root.usage(root.getErr());
            exitCode = ExitCode.INVALID_ARGUMENTS;
        } else {
            exitCode = root.execute(spelled);
        }
        return console.finish(exitCode);
    }

    private static int analyze(AnalyzeArguments arguments, Console console) {
        try {
            return AnalyzeCommand.run(arguments, console);
        } catch (Exception failure) {
            return new Failures(console).report(failure, false);
        }
    }

    private static @Nullable String commandName(String[] args) {
        return args.length > 0 && !args[0].startsWith("-") ? args[0] : null;
    }

    /** Replaces underscores in flags; the historical scripts used them. */
    private static String[] hyphenated(String[] args) {
        String[] spelled = args.clone();
        for (int i = 0; i < spelled.length && !spelled[i].equals("--"); i++) {
            String arg = spelled[i];
            if (arg.startsWith("--")) {
                int value = arg.indexOf('=');
                int end = value < 0 ? arg.length() : value;
                spelled[i] = arg.substring(0, end).replace('_', '-') + arg.substring(end);
            }
        }
        return spelled;
    }
}
