package dynoai.app.session;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.engine.session.Session;
import dynoai.engine.session.SessionFigures;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.session.SessionRun;
import dynoai.engine.session.Sessions;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.verdict.RideBand;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show a session: its runs, which were applied, coverage, and what to ride next.",
        footer = {
            "",
            "SESSION is SHOP/CELL or SHOP/CELL/BIKE for the current session there, or the id of any run of a session.",
            "",
            "Examples:",
            "  dynoai session show north/bay-1/flhx",
            "  dynoai session show 2026-03-01T09-30-00Z-00c0de --json"
        },
        exitCodeList = "2:no such session")
final class SessionShowCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunsFlag runs = new RunsFlag();

    @Parameters(paramLabel = "SESSION", description = "The session.")
    private String named = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    SessionShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        Session session = runs.session(named);
        SessionMarks marks =
                SessionMarks.of(Sessions.folderOf(runs.folder(), session.place().shop()));
        SessionFigures figures = SessionFigures.of(session.runs());
        if (json) {
            JsonOut.print(console, toJson(session, marks, figures));
            return ExitCode.SUCCESS;
        }
        console.println("Session    " + (session.id().isEmpty() ? "not ridden yet" : session.id()) + " of "
                + session.place() + (session.current() ? ", current" : ""));
        console.println("Begun      " + SessionText.time(session.begunMillis()) + ", " + SessionText.runs(session));
        for (SessionRun run : session.runs()) {
            Manifest manifest = ManifestReader.read(run.folder());
            console.println("Run        " + run.runId() + "  " + SessionText.largest(run.folder(), manifest)
                    + (marks.appliedMillis(run.runId()).isPresent() ? "; applied" : "; not applied"));
        }
        int toRide = figures.cellsToRide(Diagnostics.ENOUGH_SAMPLES).size();
        console.println("Coverage   front " + figures.front().covered() + ", rear "
                + figures.rear().covered() + " of " + GridAxes.CELLS + " cells; " + toRide
                + " have fewer than " + Diagnostics.ENOUGH_SAMPLES + " samples");
        List<RideBand> bands = figures.ride().bands();
        for (RideBand band : bands) {
            console.println("Ride next  " + band.words());
        }
        if (bands.isEmpty()) {
            console.println("Ride next  " + figures.ride().otherwise());
        }
        if (marks.unreadable() > 0) {
            console.message("Note: marks that cannot be read were left out: " + marks.unreadable());
        }
        return ExitCode.SUCCESS;
    }

    private static Map<String, @Nullable Object> toJson(Session session, SessionMarks marks, SessionFigures figures)
            throws IOException {
        Map<String, @Nullable Object> json = SessionText.toJson(session);
        List<Object> all = new ArrayList<>();
        for (SessionRun run : session.runs()) {
            all.add(SessionText.toJson(run, ManifestReader.read(run.folder()), marks));
        }
        json.put("runs", all);
        json.put("front_cells_covered", figures.front().covered());
        json.put("rear_cells_covered", figures.rear().covered());
        json.put(
                "cells_to_ride", figures.cellsToRide(Diagnostics.ENOUGH_SAMPLES).size());
        json.put(
                "ride_next",
                figures.ride().bands().stream().map(RideBand::words).toList());
        return json;
    }
}
