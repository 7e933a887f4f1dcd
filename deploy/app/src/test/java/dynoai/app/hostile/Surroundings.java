package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The folder around a node's folders, with files that a node must neither read nor move. */
final class Surroundings {
    private static final String MARKER = "CANARY-3b8e51";
    private static final List<String> GIVEN = List.of("drop", "data", "runs");

    private final Path around;

    Surroundings(Path around) throws IOException {
        this.around = Files.createDirectories(around).toRealPath();
        Files.createDirectories(drop());
        String log = "Timestamp,RPM,MAP_kPa,Torque,AFR Cmd F,AFR Meas F," + MARKER + "\n";
        String row = "3000,60,80,13.0,13.2,7\n";
        write("secret/private.csv", log + ("1," + row).repeat(200));
        write("secret/table.csv", "RPM,20,30," + MARKER + "\n1500,1,2,3\n");
        write("secret/options.yaml", "clamp: 9 # " + MARKER + "\n");
        write("secret/run.yaml", "run_id: " + MARKER + "\n");
        write("node/private.csv", log + ("2," + row).repeat(200));
    }

    private void write(String name, String content) throws IOException {
        Path file = around.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Lists the archive of done logs without looking at the files, which the node may rename meanwhile. */
    List<Path> archived() throws IOException {
        List<Path> files = new ArrayList<>();
        Path done = Files.createDirectories(drop().resolve("done"));
        try (DirectoryStream<Path> days = Files.newDirectoryStream(done)) {
            for (Path day : days) {
                try (DirectoryStream<Path> logs = Files.newDirectoryStream(day)) {
                    logs.forEach(files::add);
                }
            }
        }
        return files;
    }

    /** The working directory of the node. */
    Path home() {
        return around.resolve("node");
    }

    Path drop() {
        return home().resolve("drop");
    }

    Path data() {
        return home().resolve("data");
    }

    Path runs() {
        return home().resolve("runs");
    }

    Path secret(String name) {
        return around.resolve("secret").resolve(name);
    }

    boolean isAround(Path path) {
        return path.startsWith(around);
    }

    /** Whether the node may use a path: in the folders that it was given, or a file with its output. */
    boolean isGiven(Path path) {
        String name = path.startsWith(home()) && !path.equals(home())
                ? home().relativize(path).getName(0).toString()
                : "";
        return GIVEN.contains(name) || name.startsWith("out-") || name.startsWith("err-");
    }

    /** Paths to the canaries and to places outside the drop folder, absolute and from several depths. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String name : List.of("private.csv", "table.csv", "options.yaml", "run.yaml", "new.csv")) {
            paths.add(secret(name).toString());
            for (String up : List.of("../..", "../../..", "../../../..")) {
                paths.add(up + "/secret/" + name);
                paths.add(up + "/" + name);
            }
        }
        return paths;
    }

    /** Returns a hash of the content, size and modification time of everything that the node was not given. */
    Map<String, String> hash() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        Files.walkFileTree(around, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (isGiven(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                hashes.put(around.relativize(folder) + "/", "");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isGiven(file)) {
                    hashes.put(around.relativize(file).toString(), Sha256.hex(file) + attributes.lastModifiedTime());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return hashes;
    }

    /** No content of a canary is in a run folder or in the log store. */
    void assertNotCopied() throws IOException {
        List<Path> leaks = new ArrayList<>();
        for (Path folder : List.of(runs(), data().resolve("store"))) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && isLeak(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                        leaks.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException ignored) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        assertThat(leaks).isEmpty();
    }

    /** Whether a text has content of a canary. */
    static boolean isLeak(String text) {
        return text.contains(MARKER);
    }
}
