package dynoai.automation.run;

import dynoai.automation.context.Change;
import dynoai.automation.context.Context;
import dynoai.automation.context.InvalidContextException;
import dynoai.automation.recipe.RecipeStep;
import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Leaf;
import dynoai.automation.recipe.StepOrder;
import dynoai.automation.step.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of one level. A step starts when all it waits for are done, on a branch that holds what exactly these did;
 * at the end all changes are replayed in the order of the steps. So the Context does not depend on who was faster.
 */
final class LevelRun {
    private final StepRunner runner;
    private final RecipeEvents events;
    private final Executor leaves;
    private final Executor groups;

    LevelRun(StepRunner runner, RecipeEvents events, Executor leaves, Executor groups) {
        this.runner = runner;
        this.events = events;
        this.leaves = leaves;
        this.groups = groups;
    }

    /** Runs the steps; their changes are made on {@code base}, those of the successful ones also when one failed. */
    void run(List<RecipeStep> steps, StepScope place, Context base)
            throws StepFailedException, IOException, InterruptedException {
        StepOrder order = StepOrder.of(steps);
        Context start = base.branch();
        Map<String, List<Change>> done = new HashMap<>();
        Set<String> started = new HashSet<>();
        BlockingQueue<End> ends = new LinkedBlockingQueue<>();
        List<End> failures = new ArrayList<>();
        int running = 0;
        do {
            if (failures.isEmpty()) {
                running += startReady(order, place, start, done, started, ends);
            }
            if (running == 0) {
                break;
            }
            End end = ends.take();
            running--;
            if (end.failure() == null) {
                done.put(end.step(), end.changes());
            } else {
                failures.add(end);
            }
        } while (true);
        replay(order, done, done.keySet(), base);
        if (!failures.isEmpty()) {
            rethrow(failures.get(0));
        }
    }

    private int startReady(
            StepOrder order,
            StepScope place,
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
                (step instanceof Group ? groups : leaves).execute(() -> ends.add(runOne(step, place, branch)));
                count++;
            }
        }
        return count;
    }

    private End runOne(RecipeStep step, StepScope place, Context branch) {
        try {
            return step instanceof Group
                    ? new End(step.name(), runGroup((Group) step, place, branch), null)
                    : new End(step.name(), runner.run((Leaf) step, place, branch), null);
        } catch (StepFailedException | IOException | InterruptedException | RuntimeException | Error e) {
            return new End(step.name(), List.of(), e);
        }
    }

    private List<Change> runGroup(Group group, StepScope place, Context branch)
            throws StepFailedException, IOException, InterruptedException {
        for (int round = 1; round <= group.max(); round++) {
            branch.set("steps." + group.name() + ".round_v1", round, group.name());
            run(group.steps(), place.round(group.name(), round), branch);
            var value = branch.get(group.until().key());
            var unfit = group.until().unfit(value);
            if (unfit.isPresent()) {
                throw new StepFailedException("step " + group.name() + ", round " + round + ": " + unfit.get());
            }
            boolean last = group.until().isMetBy(value);
            events.roundEnded(
                    place.id(group.name()), round, value.isMissingNode() ? "nothing" : value.toString(), last);
            if (last) {
                branch.set(
                        "steps." + group.name() + ".result_v1",
                        Result.ok().with("rounds", round).json(),
                        group.name());
                runner.requireKept(group, branch);
                return branch.ownChanges();
            }
        }
        throw new StepFailedException("step " + group.name() + ": after " + group.max() + " rounds " + group.until()
                + " does not hold; it is " + branch.get(group.until().key()));
    }

    private static void replay(StepOrder order, Map<String, List<Change>> done, Set<String> which, Context onto)
            throws StepFailedException {
        for (RecipeStep step : order.steps()) {
            if (which.contains(step.name())) {
                replay(step.name(), done.getOrDefault(step.name(), List.of()), onto);
            }
        }
    }

    private static void replay(String step, List<Change> changes, Context onto) throws StepFailedException {
        try {
            onto.replay(changes);
        } catch (InvalidContextException e) {
            throw new StepFailedException(
                    "step " + step + ": its changes do not go with those of a step beside it: " + e.getMessage());
        }
    }

    private static void rethrow(End end) throws StepFailedException, IOException, InterruptedException {
        Throwable failure = end.failure();
        if (failure instanceof StepFailedException) {
            throw (StepFailedException) failure;
        }
        if (failure instanceof IOException) {
            throw (IOException) failure;
        }
        if (failure instanceof InterruptedException) {
            throw (InterruptedException) failure;
        }
        throw new IllegalStateException(failure);
    }

    private record End(
            String step, List<Change> changes, @Nullable Throwable failure) {}
}
