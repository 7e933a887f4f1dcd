package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Signposts rot: what points somewhere must point at something. */
class SignpostsTest {
    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "node_modules", ".work", "runs", "drop", "data");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

    private final Path root = repositoryRoot();

    @Test
    void everyRelativeLink_resolves() throws IOException {
        // Given
        List<Path> pages = filesEndingWith(".md");

        // When
        List<String> dead = new ArrayList<>();
        for (Path page : pages) {
            for (String target : relativeLinks(Files.readString(page))) {
                if (!Files.exists(page.resolveSibling(target))) {
                    dead.add(root.relativize(page) + " -> " + target);
                }
            }
        }

        // Then
        assertThat(pages).isNotEmpty();
        assertThat(dead).isEmpty();
    }

    @Test
    void everyPackage_saysWhatItIsFor() throws IOException {
        // Given
        Set<Path> packages = new TreeSet<>();
        for (Path source : filesEndingWith(".java")) {
            if (source.toString().replace('\\', '/').contains("/src/main/java/")) {
                packages.add(source.getParent());
            }
        }

        // When
        List<Path> silent = new ArrayList<>();
        for (Path folder : packages) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).startsWith("/**")) {
                silent.add(root.relativize(folder));
            }
        }

        // Then
        assertThat(packages).isNotEmpty();
        assertThat(silent).isEmpty();
    }

    private static List<String> relativeLinks(String page) {
        List<String> links = new ArrayList<>();
        Matcher link = LINK.matcher(FENCED.matcher(page).replaceAll(""));
        while (link.find()) {
            String target = link.group(1).replaceFirst("#.*", "");
            if (!target.isEmpty() && !target.contains(":")) {
                links.add(target);
            }
        }
        return links;
    }

    private List<Path> filesEndingWith(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> isOurs(root.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOurs(Path relative) {
        for (Path part : relative) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
