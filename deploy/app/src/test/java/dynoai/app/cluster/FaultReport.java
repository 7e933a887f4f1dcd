package dynoai.app.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the faults hit, and for how long no log was done. */
final class FaultReport {
    private static final Path FOLDER = Path.of("target", "kills");

    private final String name;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, List<Duration>> silences = new TreeMap<>();

    FaultReport(String name) {
        this.name = name;
    }

    /** @param silence the longest time without a log that was done, from the fault to the first log after its end */
    void add(FaultKind kind, Member victim, Duration silence) {
        lines.add(String.format(
                Locale.ROOT, "%3d  %-6s %-11s silence %5.1f s", lines.size() + 1, kind, victim, seconds(silence)));
        String row = String.format(Locale.ROOT, "%-10s %-6s", victim.role(), kind);
        silences.computeIfAbsent(row, any -> new ArrayList<>()).add(silence);
    }

    void note(String line) {
        lines.add(line);
    }

    /** Writes the report to a file and to the terminal. */
    void publish() throws IOException {
        List<String> report = new ArrayList<>(List.of("== " + name));
        report.addAll(lines);
        silences.forEach((row, times) -> {
            Collections.sort(times);
            report.add(String.format(
                    Locale.ROOT,
                    "%s  %3d times, silence: median %5.1f s, worst %5.1f s",
                    row,
                    times.size(),
                    seconds(times.get(times.size() / 2)),
                    seconds(times.get(times.size() - 1))));
        });
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + ".txt"), report, StandardCharsets.UTF_8);
        report.forEach(System.out::println);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
