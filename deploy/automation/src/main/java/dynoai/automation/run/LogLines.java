package dynoai.automation.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Copies a stream to a step's log by whole lines, so that a secret is never split. */
final class LogLines {
    private static final int MAX_LINE_BYTES = 64 * 1024;

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
                    add(buffer[i]);
                }
            }
        } catch (IOException ignored) {
            log.info("(standard error was closed)");
        }
        if (line.size() > 0) {
            flush();
        }
    }

    private void add(byte b) {
        if (b == '\n') {
            flush();
        } else if (line.size() < MAX_LINE_BYTES && b != '\r') {
            line.write(b);
        }
    }

    private void flush() {
        log.info(
                line.size() < MAX_LINE_BYTES
                        ? line.toString(StandardCharsets.UTF_8)
                        : "(a line longer than 64 KiB, left out)");
        line.reset();
    }
}
