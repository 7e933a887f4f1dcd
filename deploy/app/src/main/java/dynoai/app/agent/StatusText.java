package dynoai.app.agent;

import dynoai.agent.AgentStatus;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.ingest.folder.DropReport;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints how an agent and its drop folder are: the connection as the agent wrote it, the logs as they are in the folder. */
record StatusText(Console console) {
    private static final int MAX_LISTED = 10;

    int print(Path data, boolean json) throws IOException, CommandException {
        AgentStatus status = AgentStatus.read(data)
                .orElseThrow(() ->
                        new CommandException(ExitCode.FILE_NOT_FOUND, "no agent ran on the data directory " + data));
        DropReport report = DropReport.of(
                Path.of(status.drop()), DropLayout.CELLS, ClaimKey.find(new FolderStore(data.resolve("store"))));
        if (json) {
            Map<String, @Nullable Object> all = status.toMap();
            all.put("running", status.isRunning());
            Map<String, Object> counts = new LinkedHashMap<>();
            for (DropReport.State state : DropReport.State.values()) {
                counts.put(word(state), (long) report.in(state).size());
            }
            all.put("counts", counts);
            JsonOut.print(console, all);
        } else {
            print(status, report);
        }
        return ExitCode.SUCCESS;
    }

    private void print(AgentStatus status, DropReport report) {
        console.println(
                status.isRunning()
                        ? "running: process " + status.pid() + ", agent " + status.name()
                                + (status.page().isEmpty() ? "" : ", page " + status.page())
                        : "no agent is running on this data directory");
        console.println("intake   " + status.intake() + ": "
                + (status.connected() ? "connected" : "not connected")
                + status.lastContact()
                        .map(Instant::toString)
                        .map(time -> ", last answer " + time)
                        .orElse("")
                + (status.error().isEmpty() ? "" : "; " + status.error()));
        console.println("logs     "
                + Stream.of(DropReport.State.values())
                        .map(state -> report.in(state).size() + " " + word(state))
                        .collect(Collectors.joining(", ")));
        for (AgentStatus.Log log : status.logs()) {
            if (status.isRunning() && log.state().equals("uploading") && log.size() > 0) {
                console.println("upload   " + log.file() + ": " + 100 * log.sent() / log.size() + " %");
            }
        }
        list(report, DropReport.State.WAITING);
        list(report, DropReport.State.CLAIMED);
        list(report, DropReport.State.SENT);
        list(report, DropReport.State.REJECTED);
        list(report, DropReport.State.LEFT_ALONE);
    }

    private void list(DropReport report, DropReport.State state) {
        List<DropReport.Entry> entries = report.in(state);
        String label = String.format(Locale.ROOT, "%-8s ", word(state));
        entries.stream()
                .limit(MAX_LISTED)
                .forEach(entry -> console.println(label
                        + entry.file()
                        + (entry.detail().isEmpty() ? "" : ": " + entry.detail())
                        + (entry.runId().isEmpty() ? "" : " (" + entry.runId() + ")")));
        if (entries.size() > MAX_LISTED) {
            console.println(label + "and " + (entries.size() - MAX_LISTED) + " more");
        }
    }

    private static String word(DropReport.State state) {
        return state == DropReport.State.LEFT_ALONE ? "left" : state.name().toLowerCase(Locale.ROOT);
    }
}
