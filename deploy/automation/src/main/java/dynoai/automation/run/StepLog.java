package dynoai.automation.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The log of one step: lines of {@code time | level | step | message}, secrets hidden, bounded in length. */
final class StepLog implements Closeable {
    private static final long MAX_BYTES = 64L << 20;

    private final String step;
    private final Secrets secrets;
    private final PrintStream out;
    private long written;

    StepLog(Path file, String step, Secrets secrets) throws IOException {
        this.step = step;
        this.secrets = secrets;
        Files.createDirectories(file.getParent());
        this.out = new PrintStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8);
    }

    void info(String message) {
        line("INFO", message);
    }

    void error(String message) {
        line("ERROR", message);
    }

    private synchronized void line(String level, String message) {
        if (written > MAX_BYTES) {
            return;
        }
        String time = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + "";
        String text = time + " | " + level + " | " + step + " | "
                + secrets.hide(message).replace("\n", "\n    ");
        written += text.length();
        out.println(written > MAX_BYTES ? text + " | the log is full; further lines are left out" : text);
    }

    @Override
    public void close() {
        out.close();
    }
}
