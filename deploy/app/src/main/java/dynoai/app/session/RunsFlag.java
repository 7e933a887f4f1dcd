package dynoai.app.session;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Paths;
import dynoai.engine.session.Place;
import dynoai.engine.session.Session;
import dynoai.engine.session.SessionRun;
import dynoai.engine.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The folder of runs, and the choice of a session in it. */
final class RunsFlag {
    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of run folders. Default: runs.")
    private Path runs = Path.of("runs");

    Path folder() throws CommandException {
        if (!Files.isDirectory(runs)) {
            throw new CommandException(ExitCode.FILE_NOT_FOUND, runs + ": no such folder of runs; name it with --runs");
        }
        return runs;
    }

    /** Returns the session that a run belongs to, or the current one of {@code SHOP/CELL} or {@code SHOP/CELL/BIKE}. */
    Session session(String named) throws CommandException, IOException {
        List<Session> sessions = Sessions.in(folder());
        if (!named.contains("/")) {
            return sessions.stream()
                    .filter(session -> session.holds(named))
                    .findFirst()
                    .orElseThrow(() -> new CommandException(
                            ExitCode.FILE_NOT_FOUND, "no session with a run " + named + " in " + runs));
        }
        Place place = place(named);
        return sessions.stream()
                .filter(session -> session.current() && session.place().equals(place))
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.FILE_NOT_FOUND, "no run of " + place + " in " + runs));
    }

    static Place place(String named) throws CommandException {
        try {
            return Place.parse(named);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the run of a folder or an id. */
    SessionRun run(String named) throws CommandException, IOException {
        Path folder = Paths.of(named);
        if (Files.isDirectory(folder)) {
            return Sessions.read(folder);
        }
        return session(named).runs().stream()
                .filter(run -> run.runId().equals(named))
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.FILE_NOT_FOUND, named + ": no such run"));
    }
}
