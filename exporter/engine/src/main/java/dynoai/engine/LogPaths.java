package dynoai.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds logs by file or folder. */
public final class LogPaths {
    private LogPaths() {}

    /**
     * Returns the logs in the order given. A folder stands for the logs directly in it, sorted by name.
     *
     * @throws NoSuchFileException if a folder has no log
     */
    public static List<Path> of(List<Path> filesAndFolders) throws IOException {
        List<Path> logs = new ArrayList<>();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                logs.addAll(logsIn(path));
            } else {
                logs.add(path);
            }
        }
        return logs;
    }

    private static List<Path> logsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> logs = files.filter(LogPaths::isLog).sorted().toList();
            if (logs.isEmpty()) {
                throw new NoSuchFileException(
                        folder.toString(), null, "no log in this folder; looked for *.csv, *.txt and *.log");
            }
            return logs;
        }
    }

    private static boolean isLog(Path file) {
        return file.getFileName().toString().matches("(?i)[^.].*\\.(csv|txt|log)") && Files.isRegularFile(file);
    }
}
