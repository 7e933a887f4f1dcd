package dynoai.app;

import dynoai.app.node.NodeSettings;
import dynoai.broker.Endpoint;
import dynoai.ingest.folder.Replay;
import dynoai.schemas.OptionRefused;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Analyses the log of an earlier run again. */
@Command(
        name = "replay",
        description = "Analyse the log of an earlier run again, as a new run.",
        footer = {
            "",
            "Example:",
            "  dynoai replay 2026-03-01T09-30-00Z-00c0de --set clamp=12 --set smooth_passes=4",
            "",
            "The log comes from the store. A running node takes the new run at once, else the next one does.",
            "",
            "Exit codes: 0 claimed, 1 invalid arguments, 2 no such run or its log is not in the store, 5 anything else."
        })
final class ReplayCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Parameters(paramLabel = "RUN_ID", description = "The earlier run.")
    private String runId = "";

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "An option to change, by its name in the manifest's args; may be repeated.")
    private Map<String, String> changed = new LinkedHashMap<>();

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandFailed, OptionRefused {
        NodeSettings settings = flags.settings(flags.layers(System.getenv()));
        String fresh = Replay.claim(settings.drop(), settings.store(), runId, changed, Clock.systemUTC());
        console.println(fresh);
        if (Endpoint.find(settings.data()).isEmpty()) {
            console.message("Nobody is running on " + settings.data() + "; the next 'dynoai up' takes it.");
        }
        return ExitCode.SUCCESS;
    }
}
