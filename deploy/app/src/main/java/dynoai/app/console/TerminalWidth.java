package dynoai.app.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The width of the terminal in columns: from {@code COLUMNS}, or as {@code stty} reports it. */
final class TerminalWidth {
    static final int DEFAULT = 80;

    private static final int STTY_SECONDS = 2;

    private TerminalWidth() {}

    /** @param isTerminal whether the output is a terminal; without one the width is not known */
    static int columns(boolean isTerminal) {
        if (!isTerminal) {
            return DEFAULT;
        }
        int stated = number(System.getenv("COLUMNS"));
        return stated > 0 ? stated : ofStty();
    }

    private static int ofStty() {
        Process stty = null;
        try {
            stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
                return DEFAULT;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            int columns = number(size.substring(size.indexOf(' ') + 1));
            return columns > 0 ? columns : DEFAULT;
        } catch (IOException ignored) {
            return DEFAULT; // a system without stty or without a terminal
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return DEFAULT;
        } finally {
            if (stty != null) {
                stty.destroy();
            }
        }
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
