package dynoai.bench.pipeline;

import dynoai.bench.Machine;
import dynoai.bench.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures line by line, then the targets. */
final class PipelineReport {
    private final StringBuilder figures = new StringBuilder("| what | figure |\n|---|---:|\n");
    private final List<Target> targets = new ArrayList<>();

    void add(String what, String format, Object... values) {
        String line = "| " + what + " | " + String.format(Locale.ROOT, format, values) + " |\n";
        figures.append(line);
        System.err.print("bench: " + line);
    }

    /** Adds the figures of one series. */
    void add(String what, List<Double> values) {
        add(
                what,
                "%s",
                values.stream()
                        .map(value -> String.format(Locale.ROOT, "%.2f", value))
                        .collect(Collectors.joining("; ")));
    }

    void add(Target target) {
        targets.add(target);
    }

    boolean isMissed() {
        return targets.stream().anyMatch(Target::isMissedBeyondNoise);
    }

    String toMarkdown() {
        return Machine.describe() + "\n\n" + figures + "\n" + Target.table(targets);
    }
}
