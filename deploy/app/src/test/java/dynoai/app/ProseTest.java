package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sources and documents are in plain technical English: without the words of {@code stop-list.txt}. */
class ProseTest {
    /** Between the words of a phrase: a space, or a line end with the marks of a comment or a continued string. */
    private static final String GAP = "[\\s*/#+\"]+";

    /** Part of report.html, whose bytes are golden. */
    private static final String GOLDEN_SENTENCE = "its updated copy is written beside the grids.";

    /** The negation of a noun by "no". "There is no Y" and "X is no longer Y" are fine. */
    private static final Pattern NEGATED_NOUN = Pattern.compile(
            "(?i)(?<!\\bthere[\\s*/#+\"]{1,20})\\b(?:is|are) no\\b(?! more\\b| \\w+er\\b)".replace(" ", GAP));

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z]\\w*[a-z0-9_][A-Z]\\w*");

    private final RepositoryFiles files;
    private final Map<String, String> stopList;

    ProseTest() throws IOException {
        files = RepositoryFiles.find();
        stopList = stopList();
    }

    @Test
    void everySourceAndDocument_isInPlainEnglish() throws IOException {
        // Given
        Pattern phrases = Pattern.compile(
                "(?i)\\b(?:" + String.join("|", stopList.keySet()).replace(" ", GAP) + ")\\b");

        // When
        List<String> found = new ArrayList<>();
        for (Path file : sourcesAndDocuments()) {
            String name = files.name(file);
            if (!name.contains("/src/test/resources/") && !name.equals("docs/glossary.md")) {
                String text = Files.readString(file).replace(GOLDEN_SENTENCE, "");
                Matcher negated = NEGATED_NOUN.matcher(text);
                while (negated.find()) {
                    found.add(finding(name, text, negated.start(), negated.group(), "is not a, are not"));
                }
                Matcher phrase = phrases.matcher(text);
                while (phrase.find()) {
                    String words = phrase.group().replaceAll(GAP, " ");
                    found.add(finding(name, text, phrase.start(), words, better(words)));
                }
                Matcher identifier = IDENTIFIER.matcher(text);
                while (identifier.find()) {
                    Matcher word = phrases.matcher(GlossaryTest.words(identifier.group()));
                    if (word.find()) {
                        found.add(finding(name, text, identifier.start(), word.group(), better(word.group())));
                    }
                }
            }
        }

        // Then
        assertThat(found).isEmpty();
    }

    /** All texts of this repository but released schemas, which never change. */
    private List<Path> sourcesAndDocuments() throws IOException {
        List<Path> texts = new ArrayList<>(
                files.endingWith(".java", ".md", ".yml", ".yaml", ".sh", ".cmd", ".js", ".html", ".avsc", "pom.xml"));
        texts.removeIf(file -> files.name(file).startsWith("schemas/released/"));
        texts.addAll(files.scripts());
        return texts;
    }

    private String better(String phrase) {
        return Objects.requireNonNull(stopList.get(phrase.toLowerCase(Locale.ROOT)));
    }

    private static String finding(String name, String text, int at, String phrase, String better) {
        long line = text.substring(0, at).lines().count();
        return name + ":" + Math.max(1, line) + ": '" + phrase + "', better: " + better;
    }

    /** Words and phrases, each with what to write in its place. */
    private static Map<String, String> stopList() throws IOException {
        Map<String, String> list = new LinkedHashMap<>();
        try (InputStream lines = Objects.requireNonNull(ProseTest.class.getResourceAsStream("stop-list.txt"))) {
            for (String line : new String(lines.readAllBytes(), StandardCharsets.UTF_8).split("\\R")) {
                String[] phrase = line.split(" → ", 2);
                if (phrase.length == 2) {
                    list.put(phrase[0].toLowerCase(Locale.ROOT), phrase[1]);
                }
            }
        }
        return list;
    }
}
