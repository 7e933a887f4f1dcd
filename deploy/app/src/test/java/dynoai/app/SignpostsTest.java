package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links of documents lead somewhere, and every package says what it is for. */
class SignpostsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
    static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

    private final RepositoryFiles files;

    SignpostsTest() throws IOException {
        files = RepositoryFiles.find();
    }

    @Test
    void everyRelativeLink_resolves() throws IOException {
        // Given
        List<Path> pages = files.endingWith(".md");

        // When
        List<String> dead = new ArrayList<>();
        for (Path page : pages) {
            for (String target : relativeLinks(Files.readString(page))) {
                if (!resolves(page, target)) {
                    dead.add(files.name(page) + " -> " + target);
                }
            }
        }

        // Then
        assertThat(pages).isNotEmpty();
        assertThat(dead).isEmpty();
    }

    @Test
    void everyPackage_hasADescription() throws IOException {
        // Given
        Set<Path> packages = new TreeSet<>();
        for (Path source : files.mainSources()) {
            packages.add(source.getParent());
        }

        // When
        List<String> silent = new ArrayList<>();
        for (Path folder : packages) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).startsWith("/**")) {
                silent.add(files.name(folder));
            }
        }

        // Then
        assertThat(packages).isNotEmpty();
        assertThat(silent).isEmpty();
    }

    private static boolean resolves(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path);
        if (hash < 0 || !Files.exists(target)) {
            return Files.exists(target);
        }
        return target.toString().endsWith(".md")
                && anchors(Files.readString(target)).contains(link.substring(hash + 1));
    }

    /** The anchors that a code host gives headings. */
    private static Set<String> anchors(String page) {
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(FENCED.matcher(page).replaceAll(""));
        while (heading.find()) {
            String slug = heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                    .replace(' ', '-');
            String anchor = slug;
            for (int i = 1; !anchors.add(anchor); i++) {
                anchor = slug + "-" + i;
            }
        }
        return anchors;
    }

    private static List<String> relativeLinks(String page) {
        List<String> links = new ArrayList<>();
        Matcher link = LINK.matcher(FENCED.matcher(page).replaceAll(""));
        while (link.find()) {
            if (!link.group(1).contains(":")) {
                links.add(link.group(1));
            }
        }
        return links;
    }
}
