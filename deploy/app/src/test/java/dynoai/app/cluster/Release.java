package dynoai.app.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.app.node.Programs;
import dynoai.broker.ChildMain;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** An earlier release: its classes, compiled from the history of this repository, with the libraries of today. */
final class Release {
    private static final String VERSION = "1.0.0";

    /** The last commit of that version. */
    private static final String COMMIT = "0071b252feaa75fef156c45263faad8424763d9c";

    /** All but the benchmarks, which need libraries that only they have. */
    private static final Pattern SOURCE = Pattern.compile("(?!deploy/bench/)(?:[^/]+/){1,2}src/main/java/.*\\.java");

    private static final Pattern RESOURCE =
            Pattern.compile("(?:[^/]+/){1,2}src/main/(?:resources/(.+)|(avro)/(.+))|deploy/automation/(recipes)/(.+)");

    private final Path classes;

    private Release(Path classes) {
        this.classes = classes;
    }

    /** Returns the last release; skips the test where the clone or the machine cannot make it. */
    static Release last() throws Exception {
        Path repository = Programs.repository();
        String git = Programs.need("git").toString();
        String found = Programs.run(repository, new byte[0], List.of(git, "cat-file", "-e", COMMIT + "^{commit}"));
        assumeTrue(!found.startsWith("FAILED"), "skipped: this clone lacks the commit of the last release, " + COMMIT);
        Path folder =
                Files.createDirectories(Path.of("target", "release-" + VERSION).toAbsolutePath());
        Path classes = folder.resolve("classes");
        Path complete = folder.resolve(COMMIT);
        if (!Files.exists(complete)) {
            Path zip = folder.resolve("source.zip");
            String archived = Programs.run(
                    repository, new byte[0], List.of(git, "archive", "--format=zip", "-o", zip.toString(), COMMIT));
            if (archived.startsWith("FAILED")) {
                throw new IOException(archived);
            }
            compile(unpack(zip, folder.resolve("source"), classes), classes);
            Files.createFile(complete);
        }
        return new Release(classes);
    }

    /** Unpacks resources to where the classes will be, and returns the source files. */
    private static List<Path> unpack(Path zip, Path source, Path classes) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (ZipFile files = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> all = files.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Matcher resource = RESOURCE.matcher(entry.getName());
                if (SOURCE.matcher(entry.getName()).matches()) {
                    sources.add(copy(files, entry, source.resolve(entry.getName())));
                } else if (!entry.isDirectory() && resource.matches()) {
                    String name = resource.group(1) != null
                            ? resource.group(1)
                            : resource.group(2) != null
                                    ? "dynoai/schemas/avro/" + resource.group(3)
                                    : "dynoai/automation/recipes/" + resource.group(5);
                    copy(files, entry, classes.resolve(name));
                }
            }
        }
        return sources;
    }

    private static Path copy(ZipFile files, ZipEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = files.getInputStream(entry)) {
            Files.write(target, in.readAllBytes());
        }
        return target;
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-nowarn",
                    "-proc:none",
                    "-parameters",
                    "-encoding",
                    "UTF-8",
                    "-cp",
                    libraries(),
                    "-d",
                    classes.toString());
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new IOException("the last release does not compile with the libraries of today");
            }
        }
    }

    /** Returns the class path of its processes, which {@link ChildMain} starts. */
    String classPath() throws URISyntaxException {
        Path tests = Path.of(ChildMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return String.join(File.pathSeparator, classes.toString(), tests.toString(), libraries());
    }

    /** Whether it made a run folder. */
    static boolean made(Path run) throws IOException {
        return Files.readString(run.resolve("manifest.json")).contains("\"app_version\": \"" + VERSION + "\"");
    }

    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("dynoai"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
