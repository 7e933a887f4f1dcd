package dynoai.automation.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
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
    private static final int MAX_LINE_BYTES = 64 * 1024;
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

    /** Logs a stream by whole lines, so that a secret is never split. */
    void copy(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream buffered = new BufferedInputStream(in)) {
            for (int b = buffered.read(); b >= 0; b = buffered.read()) {
                if (b == '\n') {
                    info(line);
                } else if (b != '\r' && line.size() < MAX_LINE_BYTES) {
                    line.write(b);
                }
            }
        } catch (IOException ignored) {
            info("(standard error was closed)");
        }
        if (line.size() > 0) {
            info(line);
        }
    }

    private void info(ByteArrayOutputStream line) {
        boolean complete = line.size() < MAX_LINE_BYTES;
        info(complete ? line.toString(StandardCharsets.UTF_8) : "(a line longer than 64 KiB, left out)");
        line.reset();
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
