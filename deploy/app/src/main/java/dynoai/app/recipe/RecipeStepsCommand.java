package dynoai.app.recipe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.automation.step.ShellSteps;
import dynoai.automation.step.StepDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the available steps. */
@Command(
        name = "steps",
        description = "List the steps of recipes with their documentation.",
        footer = {"", "Example:", "  dynoai recipe steps --class-path steps/classes --shell steps/"},
        exitCodeList = "2:no such folder")
final class RecipeStepsCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    @Option(names = "--shell", paramLabel = "DIR", description = "A folder with shell steps (*.sh).")
    private List<Path> shellFolders = List.of();

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    RecipeStepsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        List<StepDescription> steps =
                new ArrayList<>(RecipeFiles.catalog(classPath).javaSteps());
        for (Path folder : shellFolders) {
            if (!Files.isDirectory(folder)) {
                throw new NoSuchFileException(folder.toString());
            }
            steps.addAll(ShellSteps.in(folder));
        }
        if (json) {
            printJson(steps);
        } else {
            steps.forEach(this::print);
        }
        return ExitCode.SUCCESS;
    }

    private void print(StepDescription step) {
        console.println(step.name() + " (" + step.kind() + ")");
        line("", step.description());
        line("", step.usage());
        line("returns ", step.returns());
        line("limitations: ", step.limitations());
        console.println("");
    }

    private void line(String before, String text) {
        if (!text.isEmpty()) {
            text.lines().forEach(line -> console.println("    " + before + line));
        }
    }

    private void printJson(List<StepDescription> steps) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (StepDescription step : steps) {
            array.addObject()
                    .put("name", step.name())
                    .put("type", step.kind())
                    .put("description", step.description())
                    .put("usage", step.usage())
                    .put("returns", step.returns())
                    .put("limitations", step.limitations());
        }
        console.printText(array.toPrettyString());
    }
}
