package dynoai.app.recipe;

import dynoai.app.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands {@code recipe}, {@code step} and {@code context}. */
public final class AutomationCommands {
    private AutomationCommands() {}

    public static Object recipe(Console console) {
        CommandSpec spec = CommandSpec.create().name("recipe");
        spec.usageMessage()
                .description("Run, check, list and draw recipes: analyses as ordered steps.")
                .footer(
                        "",
                        "Examples:",
                        "  dynoai recipe run weekly-batch --set inputs.logs=drop/week-9 --set inputs.outdir=runs/week-9",
                        "  dynoai recipe steps",
                        "",
                        "Each takes --verbose and --help.",
                        "",
                        "Exit codes: 0 success, 1 invalid arguments, 2 file not found, 4 the recipe is wrong, 5 a step failed.");
        spec.addSubcommand("run", new CommandLine(new RecipeRunCommand(console)));
        spec.addSubcommand("check", new CommandLine(new RecipeCheckCommand(console)));
        spec.addSubcommand("steps", new CommandLine(new RecipeStepsCommand(console)));
        spec.addSubcommand("graph", new CommandLine(new RecipeGraphCommand(console)));
        return new CommandLine(spec);
    }

    public static Object step(Console console) {
        return new StepCommand(console);
    }

    public static Object context(Console console) {
        CommandSpec spec = CommandSpec.create().name("context");
        spec.usageMessage()
                .description("Serve a Context to other processes, or ask one that is served.")
                .footer(
                        "",
                        "Examples:",
                        "  dynoai context serve --file state.json",
                        "  dynoai context set data.user '{\"name\":\"Alice\"}'",
                        "  dynoai context get data.user",
                        "",
                        "Each takes --verbose and --help.",
                        "",
                        "Exit codes: 0 success, 1 invalid arguments, 4 the server could not do it, 5 no server.");
        spec.addSubcommand("serve", new CommandLine(new ContextServeCommand(console)));
        for (ContextCall call : ContextCall.values()) {
            spec.addSubcommand(call.word(), new CommandLine(ContextCallCommand.spec(call, console)));
        }
        return new CommandLine(spec);
    }
}
