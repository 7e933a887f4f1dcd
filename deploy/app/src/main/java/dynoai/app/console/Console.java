package dynoai.app.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The output of a command: results go to {@link #out}, progress and messages to {@link #err}. Always UTF-8. */
public final class Console {
    private static final int BUFFER_BYTES = 8192;

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

    /** Returns the console of this process. */
    public static Console ofProcess() {
        return new Console(
                new FailureRecordingOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2),
                System.getenv("NO_COLOR") == null);
    }

    /** Returns a console that is not a terminal and writes to the given streams. */
    public static Console of(java.io.OutputStream out, java.io.OutputStream err) {
        return new Console(
                new FailureRecordingOutputStream(out, BUFFER_BYTES),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false);
    }

    /** Results only. Use {@link #println} for lines, which end with a line feed on every platform. */
    public PrintStream out() {
        return out;
    }

    /** Progress, warnings and errors. */
    public PrintStream err() {
        return err;
    }

    /** Prints one line of the result. */
    public void println(String line) {
        out.print(SingleLine.of(line) + '\n');
    }

    /** Prints the lines of a text as a result. */
    public void printText(String text) {
        text.lines().forEach(this::println);
    }

    /** Prints one line of progress, or a warning or error. */
    public void message(String line) {
        err.print(SingleLine.of(line) + '\n');
    }

    /**
     * Prints an error. On a terminal its first line is wrapped; further ones, which may be commands to copy, are not. All but
     * the first are indented, so that none looks like another message.
     */
    public void error(String text) {
        if (errIsTerminal) {
            text.lines().limit(1).forEach(this::wrappedError);
        } else {
            text.lines().limit(1).forEach(this::message);
        }
        text.lines().skip(1).forEach(line -> message(WrappedText.INDENT + line));
    }

    /** Prints an error of several sentences, wrapped to the width of the terminal, or to 80 columns without one. */
    public void wrappedError(String text) {
        WrappedText.lines(text, TerminalWidth.columns(errIsTerminal)).forEach(this::message);
    }

    public boolean outIsTerminal() {
        return outIsTerminal;
    }

    /** Whether {@link #err} can show a progress bar. */
    public boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** Whether {@link #out} can show colours: it is a terminal and {@code NO_COLOR} is not set. */
    public boolean colourOnOut() {
        return outIsTerminal && colourAllowed;
    }

    /**
     * Flushes both streams and returns the exit code, which changes if results could not be written. A closed pipe
     * ({@code dynoai … | head -1}) is not an error.
     */
    public int finish(int exitCode) {
        out.flush();
        IOException failure = outFailure.failure();
        if (failure == null || isBrokenPipe(failure)) {
            err.flush();
            return exitCode;
        }
        message("dynoai: cannot write the result to standard output: " + failure.getMessage());
        err.flush();
        return exitCode == ExitCode.SUCCESS ? ExitCode.OTHER : exitCode;
    }

    private static boolean isBrokenPipe(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Broken pipe") || message.contains("pipe is being closed");
    }

    /** Whether a file descriptor is a terminal; without /proc, whether standard input and output both are. */
    @SuppressWarnings("SystemConsoleNull") // the launcher sets jdk.console, so null still means no terminal
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
