package dynoai.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The command {@code dynoai}. */
public final class DynoAi {
    private DynoAi() {}

    public static void main(String[] args) {
        Console console = Console.ofProcess();
        System.exit(run(args, console));
    }

    /** Runs one command line to its end and returns its exit code; the console is flushed. */
    public static int run(String[] args, Console console) {
        String[] spelled = hyphenated(args);
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

    private static @Nullable String commandName(String[] args) {
        return args.length > 0 && !args[0].startsWith("-") ? args[0] : null;
    }

    /** Flags may be written with underscores, as the historical scripts did. */
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
