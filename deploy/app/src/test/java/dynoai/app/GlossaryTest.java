package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One term for one thing: words that the glossary avoids occur neither in code nor in documents. */
class GlossaryTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$]*");
    private static final Pattern METER = Pattern.compile("\"(dynoai\\.[a-z.]+)\"");
    private static final Pattern TERM_ROW =
            Pattern.compile("(?m)^\\|(?! *(?:term|---) *\\|)([^|\\n]*)\\|([^|\\n]*)\\|([^|\\n]*)\\|([^|\\n]*)\\|$");
    private static final Pattern LAST_COLUMN =
            Pattern.compile("(?m)^(\\|[^|\\n]*\\|[^|\\n]*\\|[^|\\n]*\\|)[^|\\n]*\\|$");

    private final RepositoryFiles files;
    private final String glossary;

    GlossaryTest() throws IOException {
        files = RepositoryFiles.find();
        glossary = Files.readString(files.root().resolve("docs/glossary.md"));
    }

    @Test
    void everyTerm_isDefinedOnce() {
        // Given
        Set<String> seen = new TreeSet<>();

        // When
        List<String> wrong = new ArrayList<>();
        Matcher row = TERM_ROW.matcher(glossary);
        while (row.find()) {
            if (row.group(2).isBlank() || !seen.add(row.group(1).trim())) {
                wrong.add(row.group(1).trim());
            }
        }

        // Then
        assertThat(seen).hasSizeGreaterThan(50);
        assertThat(wrong).isEmpty();
    }

    @Test
    void avoidedWords_areInNoIdentifier() throws IOException {
        // Given
        Pattern avoided = anyOf(avoidedWords());

        // When
        Set<String> found = new TreeSet<>();
        for (Path source : files.mainSources()) {
            Matcher identifier = IDENTIFIER.matcher(RepositoryFiles.code(Files.readString(source)));
            while (identifier.find()) {
                if (avoided.matcher(words(identifier.group())).find()) {
                    found.add(files.name(source) + ": " + identifier.group());
                }
            }
        }

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void avoidedWords_areInNoMetric() throws IOException {
        // Given
        Pattern avoided = anyOf(avoidedWords());

        // When
        Set<String> found = new TreeSet<>();
        for (Path source : files.mainSources()) {
            Matcher meter = METER.matcher(Files.readString(source));
            while (meter.find()) {
                if (avoided.matcher(meter.group(1).replace('.', ' ')).find()) {
                    found.add(files.name(source) + ": " + meter.group(1));
                }
            }
        }

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void avoidedWords_areInNoDocument() throws IOException {
        // Given
        Pattern avoided = anyOf(avoidedWords());

        // When
        Set<String> found = new TreeSet<>();
        for (Path page : files.endingWith(".md")) {
            if (!page.endsWith("CHANGELOG.md")) {
                Matcher word = avoided.matcher(withoutAvoidedWords(Files.readString(page)));
                while (word.find()) {
                    found.add(files.name(page) + ": " + word.group());
                }
            }
        }

        // Then
        assertThat(found).isEmpty();
    }

    /** The glossary without its column of avoided words; any other page as it is. */
    static String withoutAvoidedWords(String page) {
        return page.startsWith("# Glossary") ? LAST_COLUMN.matcher(page).replaceAll("$1") : page;
    }

    private List<String> avoidedWords() {
        List<String> words = new ArrayList<>();
        Matcher row = TERM_ROW.matcher(glossary);
        while (row.find()) {
            Matcher quoted = QUOTED.matcher(row.group(4));
            while (quoted.find()) {
                words.add(words(quoted.group(1)));
            }
        }
        return words;
    }

    private static Pattern anyOf(List<String> words) {
        assertThat(words).isNotEmpty();
        List<String> quoted = words.stream().map(Pattern::quote).toList();
        return Pattern.compile("(?i)\\b(?:" + String.join("|", quoted) + ")s?\\b");
    }

    /** An identifier as words: {@code runsUnderway} is "runs underway". */
    static String words(String identifier) {
        return identifier
                .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2")
                .replaceAll("[_$-]+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
