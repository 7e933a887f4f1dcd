package dynoai.automation.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the shell steps of a folder with what their heads say in lines like {@code # DESC: …}. */
public final class ShellSteps {
    private static final int LONGEST_HEAD = 60;

    private ShellSteps() {}

    /** Scripts ({@code *.sh}) of the folder and those below it, by path. */
    public static List<StepDescription> in(Path folder) throws IOException {
        List<Path> scripts;
        try (Stream<Path> tree = Files.walk(folder)) {
            scripts = tree.filter(file -> file.toString().endsWith(".sh") && Files.isRegularFile(file))
                    .sorted()
                    .collect(Collectors.toList());
        }
        List<StepDescription> steps = new ArrayList<>();
        for (Path script : scripts) {
            steps.add(describe(script));
        }
        return steps;
    }

    private static StepDescription describe(Path script) throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        String field = "";
        try (BufferedReader lines = new BufferedReader(
                new java.io.InputStreamReader(Files.newInputStream(script), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            for (int i = 0; i < LONGEST_HEAD && line != null && line.startsWith("#"); i++, line = lines.readLine()) {
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
