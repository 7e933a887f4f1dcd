package dynoai.app.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What each kill hit, and how soon work went on. */
final class KillReport {
    private static final Path FOLDER = Path.of("target", "kills");

    private final String name;
    private final List<String> kills = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();

    KillReport(String name) {
        this.name = name;
    }

    void killed(String whom, Object when, NodeFixture home) throws IOException {
        kills.add(String.format(
                Locale.ROOT, "%3d  %-10s %-45s left %s", kills.size() + 1, whom, when, home.leftBehind()));
    }

    /** From the start after a kill to the next run folder. */
    void recovered(Duration recovery) {
        recoveries.add(recovery);
    }

    /** Writes the report to a file of its own and to the terminal. */
    void publish() throws IOException {
        List<String> lines = new ArrayList<>(List.of("== " + name + ": " + kills.size() + " kills"));
        lines.addAll(kills);
        if (!recoveries.isEmpty()) {
            Collections.sort(recoveries);
            lines.add(String.format(
                    Locale.ROOT,
                    "next run folder after a restart: median %.1f s, worst %.1f s of %d",
                    seconds(recoveries.get(recoveries.size() / 2)),
                    seconds(recoveries.get(recoveries.size() - 1)),
                    recoveries.size()));
        }
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name.replace(' ', '-') + ".txt"), lines, StandardCharsets.UTF_8);
        lines.forEach(System.out::println);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
