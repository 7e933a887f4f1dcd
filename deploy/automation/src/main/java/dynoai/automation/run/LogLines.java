package dynoai.automation.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Copies a stream into a step's log, whole lines at a time, so that a secret is never seen in two halves. */
final class LogLines {
    private static final int LONGEST_LINE = 64 * 1024;

    private final StepLog log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LogLines(StepLog log) {
        this.log = log;
    }

    void copy(InputStream in) {
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    take(buffer[i]);
                }
            }
        } catch (IOException closed) {
            log.info("(its standard error was closed)");
        }
        if (line.size() > 0) {
            flush();
        }
    }

    private void take(byte b) {
        if (b == '\n') {
            flush();
        } else if (line.size() < LONGEST_LINE && b != '\r') {
            line.write(b);
        }
    }

    private void flush() {
        log.info(
                line.size() < LONGEST_LINE
                        ? line.toString(StandardCharsets.UTF_8)
                        : "(a line longer than 64 KiB, left out)");
        line.reset();
    }
}
