package dynoai.automation.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order of the steps of one level. A step with {@code needs} waits for these; one without waits for every step with a
 * lower idx, so a recipe without {@code needs} runs in order of idx. The order is by idx as far as needs allow, and the
 * Context ends as if the steps had run in it one by one.
 */
public final class StepOrder {
    private final List<RecipeStep> ordered;
    private final Map<String, Set<String>> ancestors = new HashMap<>();
    private final Map<String, Set<String>> direct;

    private StepOrder(List<RecipeStep> ordered, Map<String, Set<String>> direct) {
        this.ordered = List.copyOf(ordered);
        this.direct = direct;
        for (RecipeStep step : ordered) {
            Set<String> all = new HashSet<>();
            for (String needed : direct.getOrDefault(step.name(), Set.of())) {
                all.add(needed);
                all.addAll(before(needed));
            }
            ancestors.put(step.name(), all);
        }
    }

    /** Orders steps whose needs exist and have no cycle. */
    public static StepOrder of(List<RecipeStep> steps) {
        Map<String, Set<String>> direct = direct(steps);
        List<RecipeStep> waiting = new ArrayList<>(steps);
        waiting.sort(Comparator.comparingLong(step -> step.head().idx()));
        List<RecipeStep> ordered = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (!waiting.isEmpty()) {
            RecipeStep next = waiting.stream()
                    .filter(step -> names.containsAll(direct.getOrDefault(step.name(), Set.of())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the needs of the steps have a cycle"));
            waiting.remove(next);
            ordered.add(next);
            names.add(next.name());
        }
        return new StepOrder(ordered, direct);
    }

    /** Finds a cycle: steps that wait for the next one, the last for the first. */
    static Optional<List<String>> cycle(List<RecipeStep> steps) {
        Map<String, Set<String>> direct = direct(steps);
        Set<String> blocked = new LinkedHashSet<>(direct.keySet());
        while (blocked.removeIf(name -> Collections.disjoint(direct.getOrDefault(name, Set.of()), blocked))) {}
        if (blocked.isEmpty()) {
            return Optional.empty();
        }
        List<String> path = new ArrayList<>();
        String at = blocked.iterator().next();
        while (!path.contains(at)) {
            path.add(at);
            Set<String> needs = new LinkedHashSet<>(direct.getOrDefault(at, Set.of()));
            needs.retainAll(blocked);
            at = needs.iterator().next();
        }
        return Optional.of(path.subList(path.indexOf(at), path.size()));
    }

    private static Map<String, Set<String>> direct(List<RecipeStep> steps) {
        Map<String, Set<String>> direct = new LinkedHashMap<>();
        for (RecipeStep step : steps) {
            Set<String> needs = new LinkedHashSet<>();
            if (step.head().needs().isPresent()) {
                needs.addAll(step.head().needs().get());
            } else {
                steps.stream()
                        .filter(other -> other.head().idx() < step.head().idx())
                        .forEach(other -> needs.add(other.name()));
            }
            direct.put(step.name(), needs);
        }
        return direct;
    }

    public List<RecipeStep> steps() {
        return ordered;
    }

    /** Returns the steps that a step waits for, directly or through others. */
    public Set<String> before(String name) {
        return ancestors.getOrDefault(name, Set.of());
    }

    /** Returns the steps that a step waits for directly and not also through others: the edges of the graph. */
    public List<String> edges(String name) {
        List<String> edges = new ArrayList<>();
        Set<String> needs = direct.getOrDefault(name, Set.of());
        for (RecipeStep candidate : ordered) {
            String need = candidate.name();
            if (needs.contains(need)
                    && needs.stream().noneMatch(other -> before(other).contains(need))) {
                edges.add(need);
            }
        }
        return edges;
    }
}
