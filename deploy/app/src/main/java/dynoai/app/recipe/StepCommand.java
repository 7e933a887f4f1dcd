package dynoai.app.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.OutputGuard;
import dynoai.automation.run.SingleStep;
import dynoai.automation.step.InvalidStepException;
import dynoai.automation.step.Params;
import dynoai.automation.step.Result;
import dynoai.automation.step.Scriptlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a single Java step. */
@Command(
        name = "step",
        description = "Run one Java step on an empty Context and print its result.",
        footer = {
            "",
            "Examples:",
            "  dynoai step max-correction --params '{\"table\":\"run/VE_Correction_Delta_DYNO.csv\"}'",
            "  dynoai step my.steps.CountCells --class-path steps/classes --params '{\"table\":\"a.csv\"}'",
            "",
            "Standard output has only the result, one line of JSON. To run a shell step, call its script."
        },
        exitCodeList = {"2:no such class path", "5:the step failed"})
public final class StepCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", description = "A built-in step, or the full name of a class.")
    private String name = "";

    @Option(names = "--params", paramLabel = "JSON", description = "The step's parameters, a JSON object.")
    private String params = "{}";

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    public StepCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        JsonNode given = RecipeFiles.json(params, "--params");
        if (!given.isObject()) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--params must be a JSON object, is " + given);
        }
        Scriptlet step;
        try {
            step = RecipeFiles.catalog(classPath).step(name);
        } catch (InvalidStepException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()), e);
        }
        Result result =
                OutputGuard.guard(() -> SingleStep.run(name, step, new Params((ObjectNode) given), console::message));
        console.println(result.json().toString());
        return result.succeeded() ? ExitCode.SUCCESS : ExitCode.OTHER;
    }
}
