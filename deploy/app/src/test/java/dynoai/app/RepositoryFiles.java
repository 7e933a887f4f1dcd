package dynoai.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this repository, for tests of documents and names. */
final class RepositoryFiles {
    private static final Set<String> GENERATED = Set.of(".git", "target", "node_modules", ".work");
    private static final Set<String> WRITTEN_BY_A_NODE = Set.of("runs", "drop", "data");
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile(
            "(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");

    private final Path root;
    private final List<Path> all;

    private RepositoryFiles(Path root, List<Path> all) {
        this.root = root;
        this.all = all;
    }

    static RepositoryFiles find() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        Path found = root;
        try (Stream<Path> files = Files.walk(found)) {
            return new RepositoryFiles(
                    found,
                    files.filter(Files::isRegularFile)
                            .filter(file -> isOurs(found.relativize(file)))
                            .sorted()
                            .toList());
        }
    }

    private static boolean isOurs(Path relative) {
        for (Path part : relative) {
            if (GENERATED.contains(part.toString())) {
                return false;
            }
        }
        return !WRITTEN_BY_A_NODE.contains(relative.getName(0).toString());
    }

    Path root() {
        return root;
    }

    /** The path from the root, with slashes. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    List<Path> endingWith(String... endings) {
        return all.stream()
                .filter(file -> Arrays.stream(endings).anyMatch(file.toString()::endsWith))
                .toList();
    }

    /** The scripts without a file name extension. Maven's wrapper is not ours. */
    List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (Path file : all) {
            String name = file.getFileName().toString();
            if (!name.contains(".") && !name.equals("mvnw") && isScript(file)) {
                scripts.add(file);
            }
        }
        return scripts;
    }

    private static boolean isScript(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(2), StandardCharsets.ISO_8859_1).equals("#!");
        }
    }

    List<Path> mainSources() {
        return endingWith(".java").stream()
                .filter(file -> name(file).contains("/src/main/java/"))
                .toList();
    }

    boolean hasFileNamed(String fileName) {
        return all.stream().anyMatch(file -> file.getFileName().toString().equals(fileName));
    }

    /** Every Java package of this repository. */
    Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        for (Path source : endingWith(".java")) {
            String name = name(source);
            int start = name.indexOf("/java/") + "/java/".length();
            packages.add(name.substring(start, name.lastIndexOf('/')).replace('/', '.'));
        }
        return packages;
    }

    /** The sources of every Java type of this repository, nested ones too, and of every Avro schema, by simple name. */
    Map<String, String> sourcesOfTypes() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (Path source : endingWith(".java")) {
            String text = Files.readString(source);
            Matcher type = TYPE.matcher(code(text));
            while (type.find()) {
                sources.merge(type.group(1), text, String::concat);
            }
        }
        for (Path schema : endingWith(".avsc")) {
            String name = schema.getFileName().toString();
            sources.merge(
                    name.substring(0, name.length() - ".avsc".length()), Files.readString(schema), String::concat);
        }
        return sources;
    }

    /** A Java source without comments and texts. */
    static String code(String source) {
        return COMMENT_OR_TEXT.matcher(source).replaceAll(" ");
    }
}
