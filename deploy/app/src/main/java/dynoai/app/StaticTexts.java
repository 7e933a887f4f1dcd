package dynoai.app;

import dynoai.app.console.Console;
import dynoai.schemas.run.ProductVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * What {@code dynoai} prints without running a command: its version, its help and the completion scripts. The build stores the
 * last two as resources, because building the model of all commands takes longer than the rest of a start.
 */
final class StaticTexts {
    private static final Set<String> HELP = Set.of("-h", "--help");
    private static final Set<String> VERSION = Set.of("-V", "--version");
    private static final String COMPLETION = "completion";

    private StaticTexts() {}

    /**
     * Prints the text that the arguments ask for.
     *
     * @return false if they ask for something else, or the build has not stored the text
     */
    static boolean print(String[] args, Console console) {
        if (args.length == 1 && VERSION.contains(args[0])) {
            console.println("dynoai " + ProductVersion.VERSION);
            return true;
        }
        String name = nameOf(args, console);
        try (InputStream text = name == null ? null : StaticTexts.class.getResourceAsStream(name)) {
            if (text == null) {
                return false;
            }
            console.out().write(text.readAllBytes());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String nameOf(String[] args, Console console) {
        if (args.length == 1 && HELP.contains(args[0])) {
            return help(console.colourOnOut() ? Ansi.ON : Ansi.OFF);
        }
        if (args.length == 2 && args[0].equals(COMPLETION)) {
            for (CompletionCommand.Shell shell : CompletionCommand.Shell.values()) {
                if (shell.name().equals(args[1])) {
                    return completion(shell);
                }
            }
        }
        return null;
    }

    private static String help(Ansi colour) {
        return "help-" + colour.name().toLowerCase(Locale.ROOT) + ".txt";
    }

    private static String completion(CompletionCommand.Shell shell) {
        return COMPLETION + "-" + shell.name() + ".txt";
    }

    /** Stores the texts; a step of the build. Argument: the folder of this package's classes. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (Ansi colour : List.of(Ansi.ON, Ansi.OFF)) {
            CommandLine root = CommandTree.complete(silent(OutputStream.nullOutputStream()));
            Files.writeString(folder.resolve(help(colour)), root.getUsageMessage(colour));
        }
        for (CompletionCommand.Shell shell : CompletionCommand.Shell.values()) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            Console console = silent(text);
            CommandTree.of(COMPLETION, console).execute(COMPLETION, shell.name());
            console.finish(0);
            Files.write(folder.resolve(completion(shell)), text.toByteArray());
        }
    }

    private static Console silent(OutputStream out) {
        return Console.of(out, OutputStream.nullOutputStream());
    }
}
