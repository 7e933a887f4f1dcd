package dynoai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Describes the machine of the measurement. */
public final class Machine {
    private Machine() {}

    public static String describe() {
        List<String> parts = new ArrayList<>();
        parts.add(Runtime.getRuntime().availableProcessors() + " processors");
        parts.add("JDK " + Runtime.version());
        parts.add(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        try {
            Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .ifPresent(line ->
                            parts.add(0, line.substring(line.indexOf(':') + 1).trim()));
        } catch (IOException e) {
            // Not Linux: no processor name.
        }
        return String.join(", ", parts);
    }
}
