package dynoai.app.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths from the command line. They are used unchanged, so messages and manifests show what was typed. */
public final class Paths {
    private Paths() {}

    public static Path of(String name) throws CommandException {
        if (name.isEmpty()) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "a path is empty");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "'" + name + "' is not a valid path: " + e.getReason(), e);
        }
    }
}
