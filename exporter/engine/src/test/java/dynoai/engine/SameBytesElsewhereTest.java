package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.engine.stored.Comparison;
import dynoai.exporter.manifest.ManifestReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same logs give the same bytes in JVMs with other locales, time zones and Java versions. */
@Tag("process")
class SameBytesElsewhereTest {
    private static final Path JVMS = Path.of("/usr/lib/jvm");

    @TempDir
    static Path work;

    private static Path here;

    @BeforeAll
    static void analyzeHere() throws Exception {
        here = Files.createDirectory(work.resolve("here"));
        AnalyzeCases.into(GoldenCasesTest.CASES, here);
    }

    @ParameterizedTest
    @CsvSource({
        "tr, TR, Asia/Kolkata, 7",
        "de, DE, America/New_York, 7",
        "ar, EG, Asia/Kolkata, \u0667",
    })
    void otherLocaleAndTimeZone_giveTheSameBytes(String language, String country, String zone, String seven)
            throws Exception {
        // Given
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // When
        Path there = Files.createDirectory(work.resolve(language));
        String setUp = analyze(
                java, there, "-Duser.language=" + language, "-Duser.country=" + country, "-Duser.timezone=" + zone);
        // Then
        assertThat(setUp)
                .isEqualTo(Runtime.version().feature() + " " + language + "_" + country + " " + zone + " " + seven);
        assertSameRuns(there);
    }

    @Test
    void otherJavaVersion_givesTheSameBytes() throws Exception {
        // Given
        Path java = otherJava();
        if (java == null) {
            System.out.println("Skipped: no JDK 25 found (JAVA25_HOME, " + JVMS + ")");
        }
        assumeTrue(java != null, "no JDK 25 here");
        // When
        Path there = Files.createDirectory(work.resolve("jdk"));
        String setUp = analyze(java, there, "-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kolkata");
        // Then
        assertThat(setUp)
                .endsWith(" tr_TR Asia/Kolkata 7")
                .doesNotStartWith(Runtime.version().feature() + " ");
        assertSameRuns(there);
    }

    /** Returns the files of a run as text, and the fingerprint of its manifest. */
    private static void assertSameRuns(Path there) throws Exception {
        assertThat(names(there)).isEqualTo(names(here)).hasSizeGreaterThan(20);
        for (String name : names(here)) {
            Path one = here.resolve(name);
            Path other = there.resolve(name);
            if (Files.isRegularFile(one)) {
                assertThat(other).as(name).hasSameBinaryContentAs(one);
                continue;
            }
            Set<String> files = withoutManifests(one);
            assertThat(withoutManifests(other)).as(name).isEqualTo(files).hasSizeGreaterThan(20);
            for (String file : files) {
                assertThat(other.resolve(file)).as(name + " " + file).hasSameBinaryContentAs(one.resolve(file));
            }
            assertThat(fingerprint(other)).as(name).isEqualTo(fingerprint(one)).hasSize(64);
            assertThat(Comparison.of(one, other).differences()).as(name).isEmpty();
        }
    }

    private static String analyze(Path java, Path runs, String... settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xshare:auto", "-Dstdout.encoding=UTF-8"));
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(List.of(settings));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, AnalyzeCases.class.getName()));
        command.addAll(List.of(GoldenCasesTest.CASES.toString(), runs.toString()));
        File output = Files.createTempFile(work, "output", ".txt").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
        String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said.lines().reduce("", (before, line) -> line);
    }

    private static @Nullable Path otherJava() throws IOException {
        List<Path> homes = new ArrayList<>();
        String named = System.getenv("JAVA25_HOME");
        if (named != null) {
            homes.add(Path.of(named));
        }
        if (Files.isDirectory(JVMS)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(JVMS, "*25*")) {
                found.forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path java = home.resolve("bin").resolve("java");
            if (Files.isExecutable(java) && Runtime.version().feature() != 25) {
                return java;
            }
        }
        return null;
    }

    private static String fingerprint(Path run) throws Exception {
        return ManifestReader.read(run).fingerprint();
    }

    private static Set<String> withoutManifests(Path run) throws IOException {
        Set<String> names = names(run);
        names.removeIf(name -> name.endsWith("manifest.json"));
        return names;
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }
}
