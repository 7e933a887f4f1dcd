package dynoai.app;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
        console.out().print(AutoComplete.bash("dynoai", commands));
        return ExitCode.SUCCESS;
    }
}
