package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import dynoai.automation.context.Change;
import dynoai.automation.context.Context;
import dynoai.automation.context.InvalidContextException;
import dynoai.automation.recipe.RecipeStep;
import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Leaf;
import dynoai.automation.recipe.StepOrder;
import dynoai.automation.step.InvalidStepException;
import dynoai.automation.step.Result;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of one level. A step starts when the steps it waits for have succeeded, on a branch with exactly their
 * changes. At the end all changes are replayed in the order of the steps, so the Context does not depend on timing.
 */
record LevelRun(StepRunner runner, RecipeEvents events, Executor leaves, Executor groups) {

    /** Runs the steps. Changes of successful steps are made on {@code base}, also if another step failed. */
    void run(List<RecipeStep> steps, StepScope scope, Context base)
            throws StepFailedException, IOException, InterruptedException {
        run(steps, Set.of(), scope, base);
    }

    /** @param ended steps that have ended and whose changes {@code base} has */
    private void run(List<RecipeStep> steps, Set<String> ended, StepScope scope, Context base)
            throws StepFailedException, IOException, InterruptedException {
        StepOrder order = StepOrder.of(steps);
        Context start = base.branch();
        Map<String, List<Change>> done = new HashMap<>();
        ended.forEach(step -> done.put(step, List.of()));
        Set<String> started = new HashSet<>(ended);
        BlockingQueue<End> ends = new LinkedBlockingQueue<>();
        @Nullable Throwable failure = null;
        int running = startReady(order, scope, start, done, started, ends);
        while (running > 0) {
            End end = ends.take();
            running--;
            if (end.failure() == null) {
                done.put(end.step(), end.changes());
            } else if (failure == null) {
                failure = end.failure();
            }
            if (failure == null) {
                running += startReady(order, scope, start, done, started, ends);
            }
        }
        replay(order, done, done.keySet(), base);
        if (failure != null) {
            rethrow(failure);
        }
    }

    private int startReady(
            StepOrder order,
            StepScope scope,
            Context start,
            Map<String, List<Change>> done,
            Set<String> started,
            BlockingQueue<End> ends)
            throws StepFailedException {
        int count = 0;
        for (RecipeStep step : order.steps()) {
            Set<String> before = order.before(step.name());
            if (!started.contains(step.name()) && done.keySet().containsAll(before)) {
                Context view = start.branch();
                replay(order, done, before, view);
                Context branch = view.branch();
                started.add(step.name());
                (step instanceof Group ? groups : leaves).execute(() -> ends.add(runOne(step, scope, branch)));
                count++;
            }
        }
        return count;
    }

    private End runOne(RecipeStep step, StepScope scope, Context branch) {
        try {
            List<Change> changes = step instanceof Group group
                    ? runGroup(group, scope, branch)
                    : runner.run((Leaf) step, scope, branch);
            return new End(step.name(), changes, null);
        } catch (StepFailedException | IOException | InterruptedException | RuntimeException | Error e) {
            return new End(step.name(), List.of(), e);
        }
    }

    private List<Change> runGroup(Group group, StepScope scope, Context branch)
            throws StepFailedException, IOException, InterruptedException {
        int max = max(group, branch);
        for (int round = 1; round <= max; round++) {
            branch.set("steps." + group.name() + ".round_v1", round, group.name());
            if (runRound(group, round, scope, branch)) {
                branch.set(
                        "steps." + group.name() + ".result_v1",
                        Result.ok().with("rounds", round).json(),
                        group.name());
                runner.requireSuccess(group, branch);
                return branch.ownChanges();
            }
        }
        throw new StepFailedException("step " + group.name() + ": after " + max + " rounds " + group.until()
                + " does not hold; it is " + branch.get(group.until().key()));
    }

    private static int max(Group group, Context branch) throws StepFailedException {
        try {
            String text = new References(branch).replaceIn(group.max().asText(), "repeat.max");
            int max = Integer.parseInt(text);
            if (max >= 1 && max <= Group.MAX_ROUNDS) {
                return max;
            }
            throw new NumberFormatException();
        } catch (InvalidStepException e) {
            throw new StepFailedException("step " + group.name() + ": " + e.getMessage());
        } catch (NumberFormatException e) {
            throw new StepFailedException("step " + group.name() + ": repeat.max: "
                    + group.max().asText() + " is not a whole number from 1 to " + Group.MAX_ROUNDS);
        }
    }

    /** Runs a round, or its part up to the step that decides, and returns whether it was the last. */
    private boolean runRound(Group group, int round, StepScope scope, Context branch)
            throws StepFailedException, IOException, InterruptedException {
        StepScope inside = scope.round(group.name(), round);
        if (group.until().after().isEmpty()) {
            run(group.steps(), inside, branch);
            return isLast(group, round, scope, branch);
        }
        String deciding = group.until().after().get();
        Set<String> first = new HashSet<>(StepOrder.of(group.steps()).before(deciding));
        first.add(deciding);
        run(group.steps().stream().filter(step -> first.contains(step.name())).toList(), inside, branch);
        if (isLast(group, round, scope, branch)) {
            return true;
        }
        run(group.steps(), first, inside, branch);
        return false;
    }

    private boolean isLast(Group group, int round, StepScope scope, Context branch) throws StepFailedException {
        JsonNode value = branch.get(group.until().key());
        Optional<String> problem = group.until().problem(value);
        if (problem.isPresent()) {
            throw new StepFailedException("step " + group.name() + ", round " + round + ": " + problem.get());
        }
        boolean last = group.until().isMetBy(value);
        events.roundEnded(scope.id(group.name()), round, value.isMissingNode() ? "nothing" : value.toString(), last);
        return last;
    }

    private static void replay(StepOrder order, Map<String, List<Change>> done, Set<String> which, Context onto)
            throws StepFailedException {
        for (RecipeStep step : order.steps()) {
            if (which.contains(step.name())) {
                try {
                    onto.replay(done.getOrDefault(step.name(), List.of()));
                } catch (InvalidContextException e) {
                    throw new StepFailedException("step " + step.name()
                            + ": its changes conflict with those of a parallel step: " + e.getMessage());
                }
            }
        }
    }

    private static void rethrow(Throwable failure) throws StepFailedException, IOException, InterruptedException {
        if (failure instanceof StepFailedException e) {
            throw e;
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof InterruptedException e) {
            throw e;
        }
        throw new IllegalStateException(failure);
    }

    private record End(
            String step, List<Change> changes, @Nullable Throwable failure) {}
}
