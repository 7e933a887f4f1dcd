package dynoai.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A contender in its own JVM, run on request. Compiled code, native threads and garbage of one contender cannot slow another
 * one.
 */
final class WarmProcess implements AutoCloseable {
    private final String title;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private WarmProcess(String title, Process process) {
        this.title = title;
        this.process = process;
        requests = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static WarmProcess of(Contender contender) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneFold.class.getName(),
                        contender.name(),
                        String.valueOf(contender.threads()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return new WarmProcess(Alternation.label(contender), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String title() {
        return title;
    }

    /** Runs the contender once and returns the milliseconds of the run itself. */
    double millis(Path log) throws IOException {
        requests.write(log.toString());
        requests.newLine();
        requests.flush();
        String nanos = answers.readLine();
        if (nanos == null) {
            throw new IOException(title + ": the process ended");
        }
        return Long.parseLong(nanos) / 1e6;
    }

    /** Closes the input, which ends the process. */
    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
