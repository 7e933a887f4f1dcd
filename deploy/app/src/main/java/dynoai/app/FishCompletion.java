package dynoai.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, which picocli does not generate. */
final class FishCompletion {
    private static final String FUNCTIONS = """
            # Completion of dynoai for fish.

            function __dynoai_at --description 'Whether the words are exactly these commands'
                set -l words (commandline -opc)
                set -e words[1]
                test "$words" = "$argv"
            end

            function __dynoai_in --description 'Whether the words begin with these commands'
                set -l words (commandline -opc)
                set -e words[1]
                for command in $argv
                    test "$words[1]" = $command
                    or return 1
                    set -e words[1]
                end
            end

            complete -c dynoai -f
            """;

    /** Labels of values that are files or folders. */
    private static final Set<String> PATHS = Set.of("FILE", "DIR", "LOG", "PATH", "TABLE", "RUN", "RUNS", "PLACE");

    private final StringBuilder script = new StringBuilder(FUNCTIONS);

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion completion = new FishCompletion();
        completion.add(root, List.of());
        return completion.script.toString();
    }

    private void add(CommandLine line, List<String> path) {
        CommandSpec spec = line.getCommandSpec();
        String within = path.isEmpty() ? "__dynoai_at" : "__dynoai_in " + String.join(" ", path);
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                add(option, within);
            }
        }
        if (spec.positionalParameters().stream().anyMatch(FishCompletion::isPath)) {
            complete(within, "-F");
        }
        spec.positionalParameters().stream()
                .filter(parameter -> parameter.completionCandidates() != null)
                .forEach(parameter ->
                        complete(within, "-a " + quoted(String.join(" ", parameter.completionCandidates()))));
        line.getSubcommands().forEach((name, sub) -> {
            String[] description = sub.getCommandSpec().usageMessage().description();
            complete(
                    ("__dynoai_at " + String.join(" ", path)).strip(),
                    "-a " + name + " -d " + quoted(description.length == 0 ? "" : description[0]));
            List<String> below = new ArrayList<>(path);
            below.add(name);
            add(sub, below);
        });
    }

    private void add(OptionSpec option, String within) {
        StringBuilder arguments = new StringBuilder();
        for (String name : option.names()) {
            arguments
                    .append(name.startsWith("--") ? "-l " : "-s ")
                    .append(name.replaceFirst("^--?", ""))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            arguments.append(values(option)).append(' ');
        }
        complete(within, arguments + "-d " + quoted(String.join(" ", option.description())));
    }

    private static String values(OptionSpec option) {
        if (option.completionCandidates() != null) {
            return "-x -a " + quoted(String.join(" ", option.completionCandidates()));
        }
        return isPath(option) ? "-r -F" : "-x";
    }

    /** Whether a value is a file or folder, or may be one. */
    static boolean isPath(ArgSpec argument) {
        return PATHS.contains(argument.paramLabel()) || argument.type() == Path.class;
    }

    private void complete(String condition, String arguments) {
        script.append("complete -c dynoai -n '")
                .append(condition)
                .append("' ")
                .append(arguments)
                .append('\n');
    }

    /** Returns a description, which is a format string, in single quotes. */
    private static String quoted(String text) {
        return "'"
                + text.replace("%%", "%")
                        .replace("%n", " ")
                        .replace("\\", "\\\\")
                        .replace("'", "\\'")
                + "'";
    }
}
