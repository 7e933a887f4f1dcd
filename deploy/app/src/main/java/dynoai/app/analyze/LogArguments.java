package dynoai.app.analyze;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.Paths;
import dynoai.engine.LogPaths;
import dynoai.schemas.log.LogName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Logs named on the command line: files, and folders that stand for the logs in them. */
final class LogArguments {
    private static final int MAX_SHOWN = 20;

    private LogArguments() {}

    /** Returns the logs, and names what is passed over in the folders. */
    static List<Path> files(Console console, List<String> names) throws CommandException, IOException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(Paths.of(name));
        }
        List<Path> logs = LogPaths.of(paths);
        List<Path> passedOver = LogPaths.passedOver(paths);
        if (!passedOver.isEmpty()) {
            console.message("passed over, not named " + LogName.ACCEPTED + ": " + shown(passedOver));
        }
        return logs;
    }

    static String shown(List<Path> files) {
        int more = files.size() - MAX_SHOWN;
        return files.stream().limit(MAX_SHOWN).map(Path::toString).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
