package dynoai.dashboard.act;

import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.runs.Fields;
import dynoai.engine.session.Place;
import dynoai.engine.session.Session;
import dynoai.engine.session.SessionMap;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.session.Sessions;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.InvalidOptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The acts on sessions: begin one, map its logs together, mark a run as applied. */
final class SessionActs {
    private static final String BY = "the page";

    private final RunFolders runs;
    private final InstantSource clock;

    SessionActs(RunFolders runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    Done begin(JsonTree parameters) throws HttpException, IOException {
        Place place = new Place(
                ActParameters.id(parameters, "shop"),
                ActParameters.id(parameters, "cell"),
                parameters.at("bike").text().isEmpty() ? "" : ActParameters.id(parameters, "bike"));
        Path folder = Sessions.folderOf(runs.all(), place.shop());
        if (!Files.isDirectory(folder)) {
            throw HttpException.of(404, "the shop has no run");
        }
        SessionMarks.begin(folder, place, clock.instant());
        return new Done(
                "a new session of " + place + " begins with its next run", command("new", place), new Fields().map());
    }

    Done applied(JsonTree parameters) throws HttpException, IOException, UnsafePathException {
        String shop = ActParameters.id(parameters, "shop");
        String runId = ActParameters.id(parameters, "run_id");
        boolean undo = parameters.at("undo").flag();
        if (!Files.isDirectory(runs.folder(shop, runId))) {
            throw HttpException.of(404, "no such run");
        }
        Path folder = Sessions.folderOf(runs.all(), shop);
        if (undo) {
            SessionMarks.undoApply(folder, List.of(runId), BY, clock.instant());
        } else {
            SessionMarks.apply(folder, List.of(runId), BY, clock.instant());
        }
        CommandLineText command = command("applied", runId);
        return new Done(
                "run " + runId + (undo ? " is not marked as applied" : " is marked as applied"),
                undo ? command.add("--undo") : command,
                new Fields().map());
    }

    Done note(JsonTree parameters) throws HttpException, IOException, UnsafePathException {
        String shop = ActParameters.id(parameters, "shop");
        String runId = ActParameters.id(parameters, "run_id");
        String text = parameters.at("text").text();
        if (!Files.isDirectory(runs.folder(shop, runId))) {
            throw HttpException.of(404, "no such run");
        }
        try {
            SessionMarks.note(Sessions.folderOf(runs.all(), shop), runId, text, BY, clock.instant());
        } catch (IllegalArgumentException e) {
            throw HttpException.of(422, String.valueOf(e.getMessage()));
        }
        return new Done("noted", command("note", runId).add(text), new Fields().map());
    }

    Done map(JsonTree parameters) throws HttpException, IOException, InvalidOptionException {
        String shop = ActParameters.id(parameters, "shop");
        String runId = ActParameters.id(parameters, "session");
        Session session = Sessions.in(runs.all()).stream()
                .filter(each -> each.place().shop().equals(shop) && each.holds(runId))
                .findFirst()
                .orElseThrow(() -> HttpException.of(404, "no such session"));
        try {
            SessionMap.write(session.runs(), SessionMap.folderOf(runs.all(), session));
        } catch (LogRejectedException | RunFolderOccupiedException | InvalidRunFolderException e) {
            throw HttpException.of(409, String.valueOf(e.getMessage()));
        }
        return new Done(
                "mapped the runs of session " + session.id(),
                command("map", session.id()),
                new Fields().put("session", session.id()).map());
    }

    private CommandLineText command(String word, Object argument) {
        return new CommandLineText("dynoai", "session", word)
                .add(argument, "--runs", runs.all().toAbsolutePath());
    }
}
