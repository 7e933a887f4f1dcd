package dynoai.app.pipeline;

import dynoai.app.analyze.AnalysisFlags;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.ingest.folder.Replay;
import dynoai.schemas.option.InvalidOptionException;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Analyses the log of an earlier run again. */
@Command(
        name = "replay",
        description = "Analyse the log of an earlier run again, as a new run.",
        footer = {
            "",
            "Options that are not given keep their values.",
            "",
            "Examples:",
            "  dynoai replay 2026-03-01T09-30-00Z-00c0de --clamp 12 --smooth-passes 4",
            "  dynoai replay 2026-03-01T09-30-00Z-00c0de --set per_cylinder=false",
            "",
            "The log is read from the store. A running node processes the new run at once, otherwise the next one does.",
        },
        exitCodeList = {"0:claimed", "2:no such run, or its log is not in the store"})
public final class ReplayCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FolderFlags flags = new FolderFlags();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "RUN_ID", description = "The earlier run.")
    private String runId = "";

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "An option to change, by its name in the manifest's args; may be repeated.")
    private Map<String, String> changed = new LinkedHashMap<>();

    private ReplayCommand(Console console) {
        this.console = console;
    }

    public static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new ReplayCommand(console));
        AnalysisFlags.addTo(line.getCommandSpec());
        return line;
    }

    @Override
    public Integer call() throws IOException, CommandException, InvalidOptionException {
        FolderFlags.Folders folders = flags.ofLatest();
        Map<String, String> options = new LinkedHashMap<>(changed);
        AnalysisFlags.given(Objects.requireNonNull(spec).commandLine().getParseResult())
                .forEach((option, value) -> options.put(option.key(), value));
        String fresh =
                Replay.claim(folders.drop(), folders.store().store(folders.data()), runId, options, Clock.systemUTC());
        console.println(fresh);
        if (folders.node().isEmpty()) {
            console.message("No node is running on " + folders.data() + "; the next 'dynoai up' takes the run.");
        }
        return ExitCode.SUCCESS;
    }
}
