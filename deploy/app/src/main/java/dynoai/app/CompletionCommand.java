package dynoai.app;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

/** Prints a shell completion script. */
@Command(
        name = "completion",
        description = "Print a shell completion script for commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(dynoai completion bash)           for this bash",
            "  dynoai completion bash > ~/.local/share/bash-completion/completions/dynoai",
            "  source <(dynoai completion zsh)            for this zsh",
            "  dynoai completion fish > ~/.config/fish/completions/dynoai.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash, zsh or fish. Default: bash.")
    private Shell shell = Shell.bash;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine commands = CommandTree.complete(console);
        if (shell == Shell.fish) {
            console.out().print(FishCompletion.of(commands));
            return ExitCode.SUCCESS;
        }
        if (shell == Shell.zsh) {
            console.println("autoload -U +X compinit && compinit");
            console.println("autoload -U +X bashcompinit && bashcompinit");
        }
        completeFiles(commands);
        console.out().print(AutoComplete.bash("dynoai", commands));
        return ExitCode.SUCCESS;
    }

    /** Bash completes files for arguments of the type {@link Path}. What may also be an address is a text. */
    private static void completeFiles(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            if (mayBeAddress(option)) {
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option.names())
                        .hidden(option.hidden())
                        .type(Path.class)
                        .build());
            }
        }
        for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
            if (mayBeAddress(parameter)) {
                spec.remove(parameter);
                spec.addPositional(PositionalParamSpec.builder()
                        .index(parameter.index())
                        .type(Path.class)
                        .build());
            }
        }
        command.getSubcommands().values().forEach(CompletionCommand::completeFiles);
    }

    private static boolean mayBeAddress(ArgSpec argument) {
        return argument.type() == String.class && argument.group() == null && FishCompletion.isPath(argument);
    }
}
