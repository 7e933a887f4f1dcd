package dynoai.automation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Change;
import dynoai.automation.context.Context;
import dynoai.automation.recipe.RecipeStep;
import dynoai.automation.recipe.RecipeStep.Kind;
import dynoai.automation.recipe.RecipeStep.Leaf;
import dynoai.automation.recipe.RelativeScript;
import dynoai.automation.server.StepContext;
import dynoai.automation.step.InvalidStepException;
import dynoai.automation.step.Params;
import dynoai.automation.step.Result;
import dynoai.automation.step.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs one step with its retries: replaces references, checks {@code success}, and records that it is done.
 *
 * @param recipeFolder the folder of the recipe's file
 * @param contextToken the token of the servers of the shell steps' Contexts
 */
record StepRunner(
        StepCatalog catalog,
        RecipeSettings settings,
        RecipeEvents events,
        RecipeRunFolder folder,
        Path recipeFolder,
        RunningProcesses running,
        Secrets secrets,
        String contextToken) {

    /** Runs a step and returns its changes of {@code base}. */
    List<Change> run(Leaf step, StepScope scope, Context base)
            throws StepFailedException, IOException, InterruptedException {
        String id = scope.id(step.name());
        Optional<List<Change>> before = folder.finished(id);
        if (before.isPresent()) {
            learnAgain(step, base);
            events.stepResumed(id);
            return before.get();
        }
        secrets.learn(base.toMap());
        String reason = "";
        try (StepLog log = new StepLog(folder.logFile(id), id, secrets)) {
            for (int attempt = 1; attempt <= step.retries() + 1; attempt++) {
                Context branch = base.branch(log::info);
                events.stepStarted(id, step.kind().word(), attempt);
                Result result = attempt(step, id, branch, log);
                secrets.learn(branch.toMap());
                secrets.learn(result.json());
                if (result.succeeded()) {
                    scope.keys(step.name()).forEach(key -> branch.set(key, result.json(), step.name()));
                    reason = unmet(step, branch);
                } else {
                    reason = secrets.hide(result.reason());
                }
                if (reason.isEmpty()) {
                    log.info("output: " + result.json());
                    folder.finish(id, branch.ownChanges(), branch);
                    events.stepSucceeded(id, secrets.hide(result.json().toString()));
                    return branch.ownChanges();
                }
                log.error(reason);
                events.stepFailed(id, attempt, reason);
            }
        }
        throw new StepFailedException("step " + id + ": " + reason);
    }

    /** Hides the secrets of a step that is not run again. */
    private void learnAgain(Leaf step, Context base) {
        try {
            secrets.learn(new References(base).replaceIn(step.inputs(), "inputs"));
        } catch (InvalidStepException ignored) {
            // its inputs have no value any more
        }
    }

    private Result attempt(Leaf step, String id, Context branch, StepLog log) throws IOException, InterruptedException {
        ResourceMeter meter = ResourceMeter.start();
        try {
            Optional<Duration> timeout = step.timeoutSeconds().map(seconds -> Duration.ofNanos((long) (seconds * 1e9)));
            References references = new References(branch);
            if (step.kind() == Kind.SHELL) {
                ObjectNode args = references.replaceIn(step.inputs(), "args");
                secrets.learn(args);
                try (StepContext context = StepContext.serve(branch, step.name(), contextToken)) {
                    return new ShellCall(
                                    located(step.action()),
                                    args,
                                    context.environment(),
                                    settings.workDir(),
                                    log,
                                    secrets)
                            .run(timeout, running, id);
                }
            }
            ObjectNode params = references.replaceIn(step.inputs(), "params");
            secrets.learn(params);
            return new JavaCall(catalog.step(step.action()), branch, new Params(params)).run(step.name(), timeout);
        } catch (InvalidStepException e) {
            return Result.failed(String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            return Result.failed("cannot be started: " + e.getMessage());
        } finally {
            log.info(meter.stop(step.name()));
        }
    }

    /** Returns the command with a script that it names relative to the recipe, if there is one, by its absolute path. */
    private String located(String command) {
        return RelativeScript.of(command, recipeFolder)
                .filter(script -> Files.isRegularFile(script.file()))
                .map(RelativeScript::command)
                .orElse(command);
    }

    /** Returns the part of {@code success} that does not hold; empty if all holds. */
    private String unmet(RecipeStep step, Context branch) {
        for (String key : step.head().success().contextKeys()) {
            if (!branch.has(key)) {
                return "success.ctx_has_keys: the Context has nothing at '" + key + "'";
            }
        }
        References references = new References(branch);
        for (String file : step.head().success().files()) {
            try {
                String path = references.replaceIn(file, "success.files_exist");
                if (!Files.exists(settings.workDir().resolve(path))) {
                    return "success.files_exist: there is no file " + path;
                }
            } catch (InvalidStepException | IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return "";
    }

    /** Fails a group whose {@code success} does not hold. */
    void requireSuccess(RecipeStep group, Context branch) throws StepFailedException {
        String reason = unmet(group, branch);
        if (!reason.isEmpty()) {
            throw new StepFailedException("step " + group.name() + ": " + reason);
        }
    }
}
