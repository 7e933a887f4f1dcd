package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names of code in documents exist, and so do the sections of the specification that code cites. */
class CodeReferencesTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern JAVA_EXAMPLE = Pattern.compile("(?ms)^```java\\n(.*?)^```");
    private static final Pattern TYPE_NAME = Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*");
    private static final Pattern TYPE = Pattern.compile(
            "(?:dynoai(?:\\.[a-z]+)+\\.|[a-z]+\\.)?([A-Z][a-z][A-Za-z0-9]*)(?:[.#]([A-Za-z_]\\w*))?(?:\\(.*\\))?");
    private static final Pattern PACKAGE = Pattern.compile("dynoai(?:\\.[a-z]+)+");
    /** Files that runs and builds write, and files of users. */
    private static final Pattern NOT_IN_REPOSITORY =
            Pattern.compile(".*\\btarget(?:/.*)?|.*\\.(?:csv|txt|json|html|xml|svg|yaml|cmd|jar|pvv)");

    private static final Pattern METER =
            Pattern.compile("dynoai_(?:ingest|analyzer|exporter|broker|node|dashboard)_\\w+");
    private static final Pattern SOURCE_FILE = Pattern.compile("(?:[\\w.-]+/)*[\\w.-]+\\.(?:java|md|avsc|yml|sh)");
    private static final Pattern REPOSITORY_PATH =
            Pattern.compile("(?:schemas|ingest|analyzer|exporter|deploy|docs|\\.ci|\\.mvn)/[\\w./-]+");
    private static final Pattern METER_IN_CODE =
            Pattern.compile("\"(dynoai\\.(?:ingest|analyzer|exporter|broker|node|dashboard)[.a-z]*)\"");
    private static final Pattern CITED_SECTION = Pattern.compile("(?i)spec(?:ification)?,? sections? +(\\d+)");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (\\d+)\\. ");
    private static final Pattern OUTSIDE_DOCUMENT =
            Pattern.compile("\\b(?:SPEC|DESIGN|FLEET)\\b(?!_)|\\bSTYLE(?:\\.md|'s| section)");

    private final RepositoryFiles files;

    CodeReferencesTest() throws IOException {
        files = RepositoryFiles.find();
    }

    @Test
    void everyTypeNamedInADocument_exists() throws IOException {
        // Given
        Map<String, String> types = files.sourcesOfTypes();

        // When
        List<String> unknown = new ArrayList<>();
        for (Quote quote : quotes()) {
            Matcher type = TYPE.matcher(quote.text());
            if (type.matches()
                    && !SOURCE_FILE.matcher(quote.text()).matches()
                    && !isThere(types, type.group(1), type.group(2))) {
                unknown.add(quote.toString());
            }
        }

        // Then
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyTypeInAJavaExample_exists() throws IOException {
        // Given
        Set<String> known = new HashSet<>(files.sourcesOfTypes().keySet());
        known.addAll(namesOfOthers());

        // When
        List<String> unknown = new ArrayList<>();
        for (Path page : files.endingWith(".md")) {
            Matcher example = JAVA_EXAMPLE.matcher(Files.readString(page));
            while (example.find()) {
                String code = RepositoryFiles.code(example.group(1));
                Matcher type = TYPE_NAME.matcher(code);
                while (type.find()) {
                    if (!known.contains(type.group())
                            && !code.contains("class " + type.group())
                            && !isOfJavaLang(type.group())) {
                        unknown.add(files.name(page) + ": " + type.group());
                    }
                }
            }
        }

        // Then
        assertThat(unknown).isEmpty();
    }

    private static boolean isOfJavaLang(String type) {
        try {
            Class.forName("java.lang." + type);
            return true;
        } catch (ClassNotFoundException ignored) {
            return false; // the question
        }
    }

    @Test
    void everyFileAndPackageNamedInADocument_exists() throws IOException {
        // Given
        Set<String> packages = files.packages();

        // When
        List<String> unknown = new ArrayList<>();
        for (Quote quote : quotes()) {
            String text = quote.text();
            boolean exists = true;
            if (REPOSITORY_PATH.matcher(text).matches()) {
                exists = Files.exists(files.root().resolve(text))
                        || Files.exists(quote.page().resolveSibling(text));
            } else if (SOURCE_FILE.matcher(text).matches()) {
                exists = files.hasFileNamed(text.substring(text.lastIndexOf('/') + 1));
            } else if (PACKAGE.matcher(text).matches()) {
                exists = packages.contains(text) || packages.stream().anyMatch(each -> each.startsWith(text + "."));
            }
            if (!exists) {
                unknown.add(quote.toString());
            }
        }

        // Then
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyMeterNamedInADocument_exists() throws IOException {
        // Given
        Set<String> meters = meters();

        // When
        List<String> unknown = new ArrayList<>();
        for (Quote quote : quotes()) {
            if (METER.matcher(quote.text()).matches() && meters.stream().noneMatch(quote.text()::startsWith)) {
                unknown.add(quote.toString());
            }
        }

        // Then
        assertThat(meters).isNotEmpty();
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyCitedSection_isInTheSpecification() throws IOException {
        // Given
        Set<String> sections = new HashSet<>();
        Matcher heading = SECTION.matcher(Files.readString(files.root().resolve("docs/spec.md")));
        while (heading.find()) {
            sections.add(heading.group(1));
        }

        // When
        List<String> unknown = new ArrayList<>();
        for (Path source : files.endingWith(".java", ".md", ".avsc", ".sh")) {
            Matcher cited = CITED_SECTION.matcher(Files.readString(source));
            while (cited.find()) {
                if (!sections.contains(cited.group(1))) {
                    unknown.add(files.name(source) + ": " + cited.group());
                }
            }
        }

        // Then
        assertThat(sections).hasSize(14);
        assertThat(unknown).isEmpty();
    }

    @Test
    void noSource_citesADocumentOutsideTheRepository() throws IOException {
        // Given
        List<Path> sources = files.endingWith(".java", ".md", ".avsc", ".sh", ".yml", "pom.xml");

        // When
        List<String> citing = new ArrayList<>();
        for (Path source : sources) {
            Matcher cited = OUTSIDE_DOCUMENT.matcher(Files.readString(source));
            if (!source.endsWith("CodeReferencesTest.java") && cited.find()) {
                citing.add(files.name(source) + ": " + cited.group());
            }
        }

        // Then
        assertThat(citing).isEmpty();
    }

    private record Quote(Path page, String text, String at) {
        @Override
        public String toString() {
            return at + ": `" + text + "`";
        }
    }

    /** What is between backticks in documents, outside of fenced blocks, and can only be a name of ours. */
    private List<Quote> quotes() throws IOException {
        Set<String> others = namesOfOthers();
        List<Quote> quotes = new ArrayList<>();
        for (Path page : files.endingWith(".md")) {
            if (page.endsWith("CHANGELOG.md")) {
                continue;
            }
            Matcher quoted = QUOTED.matcher(GlossaryTest.withoutAvoidedWords(
                    SignpostsTest.FENCED.matcher(Files.readString(page)).replaceAll("")));
            while (quoted.find()) {
                if (!NOT_IN_REPOSITORY.matcher(quoted.group(1)).matches()
                        && !others.contains(quoted.group(1).replaceFirst("[.#(].*", ""))) {
                    quotes.add(new Quote(page, quoted.group(1), files.name(page)));
                }
            }
        }
        return quotes;
    }

    private static boolean isThere(Map<String, String> types, String type, String member) {
        String source = types.get(type);
        return source != null
                && (member == null
                        || Pattern.compile("\\b" + member + "\\b")
                                .matcher(source)
                                .find());
    }

    private Set<String> meters() throws IOException {
        Set<String> meters = new HashSet<>();
        for (Path source : files.mainSources()) {
            Matcher meter = METER_IN_CODE.matcher(Files.readString(source));
            while (meter.find()) {
                if (!meter.group(1).endsWith(".")) {
                    meters.add(meter.group(1).replace('.', '_'));
                }
            }
        }
        return meters;
    }

    private static Set<String> namesOfOthers() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(CodeReferencesTest.class.getResourceAsStream("names-of-others.txt"))) {
            return Set.of(new String(list.readAllBytes(), StandardCharsets.UTF_8).split("\\s+"));
        }
    }
}
