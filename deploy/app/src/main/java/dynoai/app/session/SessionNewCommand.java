package dynoai.app.session;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.engine.session.Place;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        description = "Begin a new session of a bike: coverage and convergence start again with its next run.",
        footer = {
            "",
            "No run is changed or removed. Earlier sessions can still be shown and mapped.",
            "",
            "Examples:",
            "  dynoai session new north/bay-1/flhx",
            "  dynoai session new local/default --runs /srv/runs"
        },
        exitCodeList = "2:no such folder of runs")
final class SessionNewCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunsFlag runs = new RunsFlag();

    @Parameters(paramLabel = "PLACE", description = "The bike: SHOP/CELL/BIKE, or SHOP/CELL for logs that name none.")
    private String named = "";

    SessionNewCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        Place place = RunsFlag.place(named);
        Path folder = runs.folder();
        SessionMarks.begin(Sessions.folderOf(folder, place.shop()), place, Instant.now());
        console.println("a new session of " + place + " begins with its next run");
        if (Sessions.in(folder).stream().noneMatch(session -> session.place().equals(place))) {
            console.message(
                    "Note: " + folder + " has no run of " + place + " yet; 'dynoai session list' has the bikes.");
        }
        return ExitCode.SUCCESS;
    }
}
