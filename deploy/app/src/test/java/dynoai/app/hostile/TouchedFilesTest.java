package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.node.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The system calls of a node under the attacks on its folders; skipped where there is no strace. */
@EnabledOnOs(OS.LINUX)
@Tag("process")
class TouchedFilesTest {
    private static final int SEED = Integer.getInteger("dynoai.seed", 20261121);
    private static final int MAX_STRIKES = 200;

    /** Calls that read, write or move; those that only look at names and attributes follow a link before it is rejected. */
    private static final Pattern CALL = Pattern.compile(
            "^\\d+ +(open|openat|creat|truncate|rename\\w*|unlink\\w*|link\\w*|"
                    + "symlink\\w*|mkdir\\w*|rmdir|mknod\\w*|chmod|fchmodat|chown|lchown|fchownat|utime\\w*|setxattr)\\((.*)$");

    private static final Pattern PATH = Pattern.compile("[\"<](/[^\">]*)[\">]");
    private static final Pattern RELATIVE = Pattern.compile("(?:AT_FDCWD|\\d+)<(/[^>]*)>, \"([^/\"][^\"]*)\"");

    @TempDir
    private Path around;

    @TempDir
    private Path own;

    @Test
    void attacksOnFolders_makeTheNodeTouchNothingElse() throws Exception {
        // Given
        Programs.need("strace");
        Path trace = own.resolve("trace.txt");
        List<String> strace = List.of(
                "strace", "-D", "-f", "-y", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=file", "-o", "" + trace);
        Surroundings folders = new Surroundings(around);

        // When
        try (NodeUnderAttack node = NodeUnderAttack.start(folders, own, strace)) {
            node.shop().logDone(node.process());
            node.shop().awaitArchived();
            for (Attack attack : Attacks.onFolders()) {
                attack.prepare().run(node);
                Mutator mutator = new Mutator(SEED, FolderAttacks.tokens(folders));
                for (int number = 0; number < Math.min(MAX_STRIKES, attack.times()); number++) {
                    attack.strike().run(node, mutator, number);
                }
                node.shop().logDone(node.process());
                node.shop().logDone(node.process());
                attack.check().run(node);
                node.shop().awaitArchived();
            }
        }

        // Then
        assertThat(opened(trace)).as("calls seen").isGreaterThan(MAX_STRIKES);
        assertThat(outside(trace, folders)).as("seed " + SEED).isEmpty();
    }

    private static long opened(Path trace) throws Exception {
        try (var lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> CALL.matcher(line).find()).count();
        }
    }

    /** Returns the calls on paths in the surroundings that were not given to the node. */
    private static List<String> outside(Path trace, Surroundings folders) throws Exception {
        List<String> outside = new ArrayList<>();
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            Matcher call = CALL.matcher(line);
            if (call.find() && paths(call.group(2)).stream().anyMatch(path -> isOutside(path, folders))) {
                outside.add(line);
            }
        }
        return outside;
    }

    /** The working directory itself may be opened: the JVM does. */
    private static boolean isOutside(Path path, Surroundings folders) {
        return folders.isAround(path) && !folders.isGiven(path) && !path.equals(folders.home());
    }

    /** Returns the paths of a call's arguments, and of the file that it opened, without the working directory. */
    private static List<Path> paths(String arguments) {
        String calls = arguments.replaceAll("AT_FDCWD<[^>]*>, \"/", "\"/");
        List<Path> paths = new ArrayList<>();
        Matcher relative = RELATIVE.matcher(calls);
        while (relative.find()) {
            paths.add(Path.of(relative.group(1)).resolve(relative.group(2)).normalize());
        }
        Matcher absolute = PATH.matcher(relative.reset().replaceAll(""));
        while (absolute.find()) {
            paths.add(Path.of(absolute.group(1)).normalize());
        }
        return paths;
    }
}
