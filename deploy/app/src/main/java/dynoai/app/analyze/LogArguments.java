package dynoai.app.analyze;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Paths;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Logs as named on the command line: files, and folders that stand for the logs in them. */
final class LogArguments {
    private LogArguments() {}

    /** The files in the order given; those of a folder by name. */
    static List<Path> files(List<String> names) throws CommandException, IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path path = Paths.of(name);
            if (Files.isDirectory(path)) {
                addLogsIn(path, files);
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static void addLogsIn(Path folder, List<Path> files) throws CommandException, IOException {
        List<Path> logs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (isLog(entry)) {
                    logs.add(entry);
                }
            }
        }
        if (logs.isEmpty()) {
            throw new CommandException(
                    ExitCode.FILE_NOT_FOUND, "no log in the folder " + folder + ": looked for *.csv, *.txt and *.log");
        }
        logs.sort(null);
        files.addAll(logs);
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && (name.endsWith(".csv") || name.endsWith(".txt") || name.endsWith(".log"))
                && Files.isRegularFile(file);
    }
}
