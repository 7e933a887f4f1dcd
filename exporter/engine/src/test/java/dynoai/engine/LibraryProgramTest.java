package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dynoai.analyzer.run.RunAggregate;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.VeApply;
import dynoai.ingest.log.LogReader;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.AnalysisOptions;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README, in a folder of its own, with nothing but the library on its class path. */
class LibraryProgramTest {
    private static final Path README = Path.of("..", "..", "README.md");

    @TempDir
    Path project;

    private static String block(String language) throws Exception {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```").matcher(Files.readString(README));
        assertThat(block.find()).as("a block of " + language + " in the README").isTrue();
        return block.group(1);
    }

    @Test
    @Tag("process")
    void programOfTheReadme_compilesAndRestoresTheBase() throws Exception {
        // Given
        Files.writeString(project.resolve("Tune.java"), block("java"));
        new LogText().rows(20, 3000, 80, 13.2, 13.8).in(project, "pull.csv");
        double[] cells = new double[GridAxes.CELLS];
        Arrays.fill(cells, 58.0007);
        Path base = Files.write(
                project.resolve("base.csv"), VeTable.of(Grid.of(cells)).write());
        // When
        String compiled = run("javac", "-cp", classPath(), "Tune.java");
        String printed = run("java", "-cp", classPath() + File.pathSeparator + ".", "Tune");
        // Then
        assertThat(compiled).doesNotContain("error:");
        assertThat(printed.strip()).isEqualTo(String.valueOf(14.0 / 13.0));
        assertThat(project.resolve("tuned.csv")).exists();
        assertThat(project.resolve("restored.csv")).hasSameBinaryContentAs(base);
    }

    @Test
    void dependencyOfTheReadme_isThisModule() throws Exception {
        // Given
        String pom = Files.readString(Path.of("pom.xml"));
        // When
        String dependency = block("xml");
        // Then
        for (String element : List.of("groupId", "version")) {
            assertThat(dependency).contains(element(pom, element));
        }
        assertThat(dependency).contains("<artifactId>dynoai-engine</artifactId>");
        assertThat(pom).contains("<artifactId>dynoai-engine</artifactId>");
        assertThat(Files.readString(README)).contains("install -DskipTests -pl exporter/engine -am");
    }

    private static String element(String pom, String name) {
        Matcher element = Pattern.compile("<" + name + ">[^<]+</" + name + ">").matcher(pom);
        assertThat(element.find()).isTrue();
        return element.group();
    }

    /** Returns the modules of the library and the one library that they need, each by one of its types. */
    private static String classPath() {
        return Stream.of(
                        Calibration.class,
                        AnalysisOptions.class,
                        LogReader.class,
                        RunAggregate.class,
                        GridCsv.class,
                        VeApply.class,
                        JsonFactory.class)
                .map(LibraryProgramTest::place)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String run(String tool, String... arguments) throws Exception {
        Path program = Path.of(System.getProperty("java.home"), "bin", tool);
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                        .toList())
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
