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

/**
 * The log of one step: lines of {@code time | level | step | message}, secrets hidden. Information is cut at 8 MiB; errors are
 * always written.
 */
final class StepLog implements Closeable {
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int MAX_MEBIBYTES = 8;
    private static final long MAX_BYTES = (long) MAX_MEBIBYTES << 20;

    private final Path file;
    private final String step;
    private final Secrets secrets;
    private final PrintStream out;
    private long written;

    StepLog(Path file, String step, Secrets secrets) throws IOException {
        this.file = file;
        this.step = step;
        this.secrets = secrets;
        Files.createDirectories(file.getParent());
        this.written = Files.exists(file) ? Files.size(file) : 0;
        this.out = new PrintStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8);
    }

    Path file() {
        return file;
    }

    synchronized void info(String message) {
        if (written <= MAX_BYTES) {
            line("INFO", message);
            if (written > MAX_BYTES) {
                line("INFO", "the log was cut: it has more than " + MAX_MEBIBYTES + " MiB, further lines are left out");
            }
        }
    }

    synchronized void error(String message) {
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

    private void line(String level, String message) {
        String time = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + "";
        String text = time + " | " + level + " | " + step + " | "
                + secrets.hide(message).replace("\n", "\n    ");
        byte[] line = (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        written += line.length;
        out.write(line, 0, line.length);
        out.flush();
    }

    @Override
    public void close() {
        out.close();
    }
}
