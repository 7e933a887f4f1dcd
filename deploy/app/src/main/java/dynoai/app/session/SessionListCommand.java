package dynoai.app.session;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.engine.session.Session;
import dynoai.engine.session.Sessions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = "List the sessions of all bikes, oldest first.",
        footer = {
            "",
            "A session of a bike is its runs until a new one is begun: with session new, on the page, or by 12 hours without a",
            "run. Its id is the id of its first run.",
            "",
            "Examples:",
            "  dynoai session list",
            "  dynoai session list north/bay-1 --json"
        })
final class SessionListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunsFlag runs = new RunsFlag();

    @Parameters(
            arity = "0..1",
            paramLabel = "PLACE",
            description = "Only of SHOP, SHOP/CELL or SHOP/CELL/BIKE. Default: all.")
    private String place = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    SessionListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        List<Session> sessions = Sessions.in(runs.folder()).stream()
                .filter(session -> place.isEmpty() || (session.place() + "/").startsWith(place + "/"))
                .toList();
        if (json) {
            JsonOut.print(
                    console,
                    Map.of(
                            "sessions",
                            sessions.stream().map(SessionText::toJson).toList()));
            return ExitCode.SUCCESS;
        }
        for (Session session : sessions) {
            console.println(session.place() + "  " + (session.id().isEmpty() ? "-" : session.id()) + "  "
                    + SessionText.runs(session) + ", begun " + SessionText.time(session.begunMillis())
                    + (session.current() ? ", current" : ""));
        }
        if (sessions.isEmpty()) {
            console.message("No session: " + runs.folder() + " has no successful run"
                    + (place.isEmpty() ? "" : " of " + place));
        }
        return ExitCode.SUCCESS;
    }
}
