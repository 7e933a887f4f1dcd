package dynoai.automation.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Lists the classes in folders and jars by name. */
final class ClassNames {
    private static final String SUFFIX = ".class";

    private ClassNames() {}

    static List<String> in(List<Path> classPath) throws IOException {
        List<String> files = new ArrayList<>();
        for (Path entry : classPath) {
            if (Files.isDirectory(entry)) {
                try (Stream<Path> tree = Files.walk(entry)) {
                    tree.map(file -> entry.relativize(file).toString().replace('\\', '/'))
                            .forEach(files::add);
                }
            } else {
                try (JarFile jar = new JarFile(entry.toFile())) {
                    jar.stream().map(ZipEntry::getName).forEach(files::add);
                }
            }
        }
        return files.stream()
                .filter(file -> file.endsWith(SUFFIX) && !file.endsWith("-info.class"))
                .map(file -> file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
                .sorted()
                .toList();
    }
}
