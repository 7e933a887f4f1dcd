package dynoai.automation.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A random text in the environment of a step's processes. It finds those that left the step's process group and session,
 * where the system has {@code /proc/PID/environ}.
 *
 * @param processes the folder {@code /proc}
 */
record StepMark(String text, Path processes) {
    private static final String VARIABLE = "DYNOAI_STEP_MARK";
    private static final int RANDOM_BYTES = 24;
    private static final Pattern VALID = Pattern.compile("[0-9a-f]{" + 2 * RANDOM_BYTES + "}");

    StepMark {
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException("not a mark: " + text);
        }
    }

    static StepMark random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return of(HexFormat.of().formatHex(random));
    }

    static StepMark of(String text) {
        return new StepMark(text, Path.of("/proc"));
    }

    /** Marks the processes of an environment. A mark of an outer step stays, so that it ends the steps it started. */
    void putInto(Map<String, String> environment) {
        environment.merge(VARIABLE, text, (outer, own) -> outer + ":" + own);
    }

    /** Whether this system shows the environment of processes. */
    boolean canFindProcesses() {
        return Files.isReadable(processes.resolve("self/environ"));
    }

    /** Returns the living processes with this mark; none where the system does not show environments. */
    List<ProcessHandle> processesWithIt() {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (Path folder : folders) {
                // The handle comes first: it remembers the start time, so a later process of this number is not meant.
                ProcessHandle.of(Long.parseLong(String.valueOf(folder.getFileName())))
                        .filter(handle -> isIn(folder.resolve("environ")))
                        .ifPresent(found::add);
            }
        } catch (IOException | NumberFormatException ignored) {
            // not a system with /proc
        }
        return found;
    }

    private boolean isIn(Path environment) {
        try {
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException ignored) { // it has ended, or is another user's
            return false;
        }
    }
}
