package dynoai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Run time of a child process, including its start and end, and its peak memory. */
final class ChildProcess {
    private static final String PEAK = "VmHWM:";

    private final List<String> command;
    private final Path folder;

    ChildProcess(Path folder, List<String> command) {
        this.folder = folder;
        this.command = List.copyOf(command);
    }

    double millis() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start();
        end(process);
        return (System.nanoTime() - start) / 1e6;
    }

    /** Peak resident set of the process or one of its children, in MiB. */
    double peakMebibytes() throws IOException, InterruptedException {
        Process process = start();
        long peak = 0;
        while (process.isAlive()) {
            try (Stream<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())) {
                peak = Math.max(
                        peak,
                        all.mapToLong(handle -> peakKibibytes(handle.pid()))
                                .max()
                                .orElse(0));
            }
            process.waitFor(2, TimeUnit.MILLISECONDS);
        }
        end(process);
        return peak / 1024.0;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void end(Process process) throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }

    private static long peakKibibytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
                if (line.startsWith(PEAK)) {
                    return Long.parseLong(
                            line.substring(PEAK.length()).replace("kB", "").trim());
                }
            }
        } catch (IOException e) {
            // The process has just ended.
        }
        return 0;
    }
}
