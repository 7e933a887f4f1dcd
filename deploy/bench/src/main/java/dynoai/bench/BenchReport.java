package dynoai.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of one benchmark run, their ratios and targets, as Markdown and as JSON. */
final class BenchReport {
    private final String machine;
    private final List<Line> lines = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    /** @param ratio median over the median of the first in the group */
    private record Line(Measured measured, long bytes, double ratio) {}

    BenchReport(String machine) {
        this.machine = machine;
    }

    /** Adds figures to compare; the first is the reference. */
    void addGroup(List<Measured> group, long bytes) {
        for (Measured measured : group) {
            lines.add(new Line(measured, bytes, measured.median() / group.get(0).median()));
        }
    }

    void add(Target target) {
        targets.add(target);
    }

    /** Returns the median of a figure that was added. */
    double median(String what, long rows) {
        for (Line line : lines) {
            if (line.measured.what().equals(what) && line.measured.rows() == rows) {
                return line.measured.median();
            }
        }
        throw new IllegalArgumentException("not measured: " + what + " on " + rows + " rows");
    }

    List<Target> targets() {
        return List.copyOf(targets);
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder(machine).append("\n\n");
        text.append("| rows | what | median ms | min - max ms | runs | MB/s | × first |\n");
        text.append("|---:|---|---:|---:|---:|---:|---:|\n");
        long rows = -1;
        for (Line line : lines) {
            Measured m = line.measured;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s - %s | %d | %.0f | %.2f |%n",
                    m.rows() == rows ? "" : String.format(Locale.ROOT, "%,d", m.rows()),
                    m.what(),
                    millis(m.median()),
                    millis(m.least()),
                    millis(m.most()),
                    m.runs(),
                    megabytesPerSecond(line),
                    line.ratio));
            rows = m.rows();
        }
        if (!targets.isEmpty()) {
            text.append('\n').append(Target.table(targets));
        }
        return text.toString();
    }

    String toJson() {
        List<String> figures = new ArrayList<>();
        for (Line line : lines) {
            Measured m = line.measured;
            figures.add(String.format(
                    Locale.ROOT,
                    "{\"what\":%s,\"rows\":%d,\"bytes\":%d,\"runs\":%d,\"median_ms\":%.3f,\"min_ms\":%.3f,\"max_ms\":%.3f,"
                            + "\"ratio\":%.3f}",
                    quoted(m.what()),
                    m.rows(),
                    line.bytes,
                    m.runs(),
                    m.median(),
                    m.least(),
                    m.most(),
                    line.ratio));
        }
        List<String> checks = new ArrayList<>();
        for (Target target : targets) {
            checks.add(String.format(
                    Locale.ROOT,
                    "{\"target\":%s,\"measured\":%.3f,\"%s\":%.3f,\"unit\":%s,\"met\":%b}",
                    quoted(target.name()),
                    target.figure(),
                    target.atLeast() ? "at_least" : "at_most",
                    target.limit(),
                    quoted(target.unit()),
                    target.isMet()));
        }
        return "{\"machine\":" + quoted(machine) + ",\n\"figures\":[\n" + String.join(",\n", figures)
                + "],\n\"targets\":[\n" + String.join(",\n", checks) + "]}\n";
    }

    private static double megabytesPerSecond(Line line) {
        return line.bytes / 1e3 / line.measured.median();
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 100 ? "%.1f" : "%.0f", millis);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
