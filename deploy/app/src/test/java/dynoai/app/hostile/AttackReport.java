package dynoai.app.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each attack cost: how long other logs took, and how much memory grew. */
final class AttackReport {
    private static final Path FILE = Path.of("target", "hostile", "attacks.md");

    private final List<String> lines = new ArrayList<>();

    AttackReport(int seed) {
        lines.add("Seed " + seed + ".");
        lines.add("");
        lines.add("| attack | strikes | logs meanwhile | median before | median meanwhile | ratio | live objects |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
    }

    /** Returns the ratio of the median times. */
    double add(Attack attack, List<Duration> calm, List<Duration> attacked, long grown) {
        double before = median(calm);
        double meanwhile = median(attacked);
        lines.add(String.format(
                Locale.ROOT,
                "| %s | %,d | %d | %.2f s | %.2f s | %.1f | %+.1f MB |",
                attack.name(),
                attack.times(),
                attacked.size(),
                before,
                meanwhile,
                meanwhile / before,
                grown / 1e6));
        System.out.println(lines.get(lines.size() - 1));
        return meanwhile / before;
    }

    private static double median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2).toMillis() / 1e3;
    }

    void publish() throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, lines, StandardCharsets.UTF_8);
    }
}
