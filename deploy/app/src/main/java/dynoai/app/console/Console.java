package dynoai.app.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a command writes: results to {@link #out}, progress and messages to {@link #err}. Both are UTF-8 on every
 * platform, so that what a program reads does not depend on the locale.
 */
public final class Console {
    private static final int BUFFER_BYTES = 8192;

    /** All but line feed and tab, and what turns the direction of writing. */
    private static final Pattern CONTROLS =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean colourAllowed;
    private final FailureRecordingOutputStream outFailure;

    private Console(
            FailureRecordingOutputStream out,
            PrintStream err,
            boolean outIsTerminal,
            boolean errIsTerminal,
            boolean colourAllowed) {
        this.outFailure = out;
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.colourAllowed = colourAllowed;
    }

    /** The process's own streams. */
    public static Console ofProcess() {
        return new Console(
                new FailureRecordingOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2),
                System.getenv("NO_COLOR") == null);
    }

    /** Streams that are no terminal, for a caller that collects what a command writes. */
    public static Console of(java.io.OutputStream out, java.io.OutputStream err) {
        return new Console(
                new FailureRecordingOutputStream(out, BUFFER_BYTES),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false);
    }

    /** Results, and nothing else. Lines end with a line feed everywhere: use {@link #println}. */
    public PrintStream out() {
        return out;
    }

    /** Progress, warnings and errors. */
    public PrintStream err() {
        return err;
    }

    /** Writes one line of the result. */
    public void println(String line) {
        out.print(harmless(line));
        out.print('\n');
    }

    /** Writes one line that is no result: progress, a warning, an error. */
    public void message(String line) {
        err.print(harmless(line) + '\n');
    }

    /** Lines quote headers, names and metadata from anywhere; what would steer a terminal is shown as a question mark. */
    private static String harmless(String line) {
        return CONTROLS.matcher(line).replaceAll("?");
    }

    public boolean outIsTerminal() {
        return outIsTerminal;
    }

    /** Whether a progress bar may be drawn on {@link #err}. */
    public boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** Whether {@link #out} may carry colours: a terminal, and {@code NO_COLOR} not set. */
    public boolean colourOnOut() {
        return outIsTerminal && colourAllowed;
    }

    /** Whether {@link #err} may carry colours. */
    public boolean colourOnErr() {
        return errIsTerminal && colourAllowed;
    }

    /**
     * Flushes both streams and says what the exit code becomes. A reader that went away ({@code dynoai … | head -1}) is
     * no error; a result that could not be written is.
     */
    public int finish(int exitCode) {
        out.flush();
        IOException failure = outFailure.failure();
        if (failure == null || isBrokenPipe(failure)) {
            err.flush();
            return exitCode;
        }
        message("dynoai: the result could not be written to standard output: " + failure.getMessage());
        err.flush();
        return exitCode == ExitCode.SUCCESS ? ExitCode.OTHER : exitCode;
    }

    private static boolean isBrokenPipe(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Broken pipe") || message.contains("pipe is being closed");
    }

    /** Asks the system what a descriptor is; without /proc only a process with both ends on a terminal counts. */
    @SuppressWarnings("SystemConsoleNull") // the launcher sets jdk.console so that null still means no terminal
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noSuchPlace) {
            return System.console() != null;
        }
    }
}
