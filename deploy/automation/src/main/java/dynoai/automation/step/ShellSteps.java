package dynoai.automation.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists the shell steps of a folder with the documentation in their first lines, as {@code # DESC: …}. */
public final class ShellSteps {
    private static final int MAX_HEAD_LINES = 60;

    private ShellSteps() {}

    /** Returns the scripts ({@code *.sh}) in a folder and below, by path. */
    public static List<StepDescription> in(Path folder) throws IOException {
        List<StepDescription> steps = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) tree.sorted()::iterator) {
                if (file.toString().endsWith(".sh") && Files.isRegularFile(file)) {
                    steps.add(describe(file));
                }
            }
        }
        return steps;
    }

    private static StepDescription describe(Path script) throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        String field = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(script), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            for (int i = 0; i < MAX_HEAD_LINES && line != null && line.startsWith("#"); i++, line = lines.readLine()) {
                String text = line.replaceFirst("^#+!?\\s?", "");
                if (text.matches("[A-Z]+:.*")) {
                    field = text.substring(0, text.indexOf(':'));
                    head.put(field, text.substring(field.length() + 1).trim());
                } else if (!field.isEmpty() && !text.isBlank()) {
                    head.merge(field, text.strip(), (before, more) -> before + "\n" + more);
                }
            }
        }
        return new StepDescription(
                script.toString(),
                "shell",
                head.getOrDefault("DESC", head.getOrDefault("DESCRIPTION", "")),
                head.getOrDefault("USAGE", ""),
                head.getOrDefault("RETURNS", ""),
                head.getOrDefault("LIMITATIONS", ""),
                List.of());
    }
}
