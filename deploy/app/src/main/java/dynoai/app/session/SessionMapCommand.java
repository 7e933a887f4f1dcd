package dynoai.app.session;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Interruptible;
import dynoai.app.console.JsonOut;
import dynoai.app.console.Paths;
import dynoai.app.console.VerdictLines;
import dynoai.engine.session.Session;
import dynoai.engine.session.SessionMap;
import dynoai.engine.session.SessionRun;
import dynoai.engine.session.Sessions;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "map",
        description = "Fold all logs of a session into one map, with the files of a run.",
        footer = {
            "",
            "The rows of all logs are added up as if they were one log; it is not a mean of the runs' tables. Logs count in the",
            "order of their runs' start, however they are given, so the files have the same bytes each time. A log with several",
            "runs counts once. Options are those of the latest run; base tables are not updated, use ve apply --run DIR.",
            "",
            "Examples:",
            "  dynoai session map north/bay-1/flhx",
            "  dynoai session map 2026-03-01T09-30-00Z-00c0de --output saturday",
            "  dynoai session map runs/north/ID1 runs/north/ID2 --output both"
        },
        exitCodeList = {"2:no such session or run", "4:a run or its log was modified"})
final class SessionMapCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunsFlag runs = new RunsFlag();

    @Parameters(
            arity = "1..*",
            paramLabel = "SESSION|RUN",
            description = "A session, as session show takes it; or run folders, which need --output.")
    private List<String> named = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder of the map; replaced if it holds an earlier one. Default: next to the runs.")
    private @Nullable Path output;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    SessionMapCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<SessionRun> chosen = new ArrayList<>();
        @Nullable Path target = output;
        if (named.size() == 1 && !Files.isDirectory(Paths.of(named.get(0)))) {
            Session session = runs.session(named.get(0));
            chosen.addAll(session.runs());
            if (target == null) {
                target = SessionMap.folderOf(runs.folder(), session);
            }
        } else {
            for (String folder : named) {
                chosen.add(Sessions.read(Paths.of(folder)));
            }
        }
        if (target == null) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "a map of run folders needs --output DIR");
        }
        Path folder = target;
        Manifest manifest = Interruptible.run(() -> SessionMap.write(chosen, folder));
        print(folder, manifest, chosen.size());
        return ExitCode.SUCCESS;
    }

    private void print(Path folder, Manifest manifest, int count) throws IOException {
        if (json) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("folder", folder.toString());
            fields.put("session", manifest.value("session"));
            fields.put("rows", manifest.whole("stats", "rows_read"));
            fields.put("fingerprint", manifest.fingerprint());
            JsonOut.print(console, fields);
            return;
        }
        console.println("Map        " + folder);
        console.println("Runs       " + count + ", " + manifest.whole("stats", "rows_read") + " rows");
        Verdict verdict = Verdict.read(folder, manifest);
        VerdictLines.of(verdict).forEach(console::println);
        VerdictLines.next(RunFolderLayout.REPORT.in(folder), verdict).forEach(console::println);
    }
}
