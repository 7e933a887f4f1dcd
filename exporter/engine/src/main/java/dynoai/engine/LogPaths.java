package dynoai.engine;

import dynoai.schemas.log.LogName;
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
        List<Path> logs = visibleFiles(folder).stream().filter(LogPaths::isLog).toList();
        if (logs.isEmpty()) {
            throw new NoSuchFileException(
                    folder.toString(), null, "no log in this folder; looked for " + LogName.ACCEPTED);
        }
        return logs;
    }

    /** Returns the files directly in the folders among the paths that are not named like a log, sorted by name. */
    public static List<Path> passedOver(List<Path> filesAndFolders) throws IOException {
        List<Path> passedOver = new ArrayList<>();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                visibleFiles(path).stream().filter(file -> !isLog(file)).forEach(passedOver::add);
            }
        }
        return passedOver;
    }

    private static List<Path> visibleFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isLog(Path file) {
        return LogName.isLog(file.getFileName().toString());
    }
}
