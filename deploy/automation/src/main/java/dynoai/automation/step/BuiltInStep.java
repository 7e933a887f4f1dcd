package dynoai.automation.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Context;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step that comes with the product. It declares its parameters, so recipes are checked against them before they run. */
final class BuiltInStep implements Scriptlet {
    /** What a step does. */
    interface Operation {
        Result run(Params params) throws Exception;
    }

    private final StepDescription description;
    private final Operation operation;

    /** @param returns the result's fields after the status, with single quotes */
    BuiltInStep(String name, String description, String returns, Operation operation, StepParam... params) {
        String usage = Stream.of(params)
                .map(param -> param.name() + (param.required() ? "" : "?") + ": "
                        + param.kind().words() + ". " + param.meaning())
                .collect(Collectors.joining("\n"));
        String json = "{'status':'ok'," + returns + "}";
        this.description =
                new StepDescription(name, "java", description, usage, json.replace('\'', '"'), "", List.of(params));
        this.operation = operation;
    }

    StepDescription description() {
        return description;
    }

    @Override
    public void validate(Context context, Params params) {
        List<ParamProblem> problems = problems(params.json());
        if (!problems.isEmpty()) {
            throw new InvalidStepException(problems.stream()
                    .map(problem -> "params." + problem.name() + ": " + problem.message())
                    .collect(Collectors.joining("; ")));
        }
    }

    @Override
    public Result run(Context context, Params params) throws Exception {
        return operation.run(params);
    }

    /** Checks parameters as far as possible before references are replaced. */
    List<ParamProblem> problems(ObjectNode params) {
        List<ParamProblem> problems = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : params.properties()) {
            StepParam known = param(field.getKey());
            if (known == null) {
                problems.add(new ParamProblem(
                        field.getKey(), "unknown parameter of " + description.name() + "; it takes " + names()));
            } else if (!known.accepts(field.getValue())) {
                problems.add(new ParamProblem(
                        field.getKey(), "must be " + known.kind().words()));
            } else if (known.kind() == StepParam.Kind.OPTIONS) {
                unknownOptions(field, problems);
            }
        }
        for (StepParam param : description.params()) {
            if (param.required() && !params.hasNonNull(param.name())) {
                problems.add(new ParamProblem(param.name(), "missing; " + description.name() + " needs it"));
            }
        }
        return problems;
    }

    private static void unknownOptions(Map.Entry<String, JsonNode> options, List<ParamProblem> problems) {
        for (Map.Entry<String, JsonNode> option : options.getValue().properties()) {
            if (Option.ofKey(option.getKey()) == null) {
                problems.add(new ParamProblem(
                        options.getKey() + "." + option.getKey(), "there is no analysis option of this name"));
            }
        }
    }

    private @Nullable StepParam param(String name) {
        return description.params().stream()
                .filter(param -> param.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private String names() {
        return description.params().stream().map(StepParam::name).collect(Collectors.joining(", "));
    }
}
