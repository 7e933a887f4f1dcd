package dynoai.app.recipe;

import dynoai.app.console.CommandGroup;
import dynoai.app.console.Console;
import picocli.CommandLine;

/** The commands {@code recipe} and {@code context}. */
public final class AutomationCommands {
    private AutomationCommands() {}

    public static CommandLine recipe(Console console) {
        return CommandGroup.of(
                        "recipe",
                        "Run, retry, check and draw recipes: analyses in ordered steps.",
                        "recipe run weekly-batch --set inputs.logs=drop/week-9",
                        "recipe steps")
                .addSubcommand("run", new RecipeRunCommand(console))
                .addSubcommand("retry", new RecipeRetryCommand(console))
                .addSubcommand("check", new RecipeCheckCommand(console))
                .addSubcommand("steps", new RecipeStepsCommand(console))
                .addSubcommand("graph", new RecipeGraphCommand(console));
    }

    public static CommandLine context(Console console) {
        CommandLine line = CommandGroup.of(
                        "context",
                        "Serve a Context to other processes, or call a context server.",
                        "context serve --file state.json",
                        "context set data.user '{\"name\":\"Alice\"}'",
                        "context get data.user")
                .addSubcommand("serve", new ContextServeCommand(console));
        for (ContextCall call : ContextCall.values()) {
            line.addSubcommand(call.word(), ContextCallCommand.spec(call, console));
        }
        return line;
    }
}
