package dynoai.app.analyze;

import dynoai.app.console.CommandException;
import dynoai.app.console.Paths;
import dynoai.engine.LogPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Logs named on the command line: files, and folders that stand for the logs in them. */
final class LogArguments {
    private LogArguments() {}

    static List<Path> files(List<String> names) throws CommandException, IOException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(Paths.of(name));
        }
        return LogPaths.of(paths);
    }
}
