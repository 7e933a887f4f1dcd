package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.node.NodeSettings;
import dynoai.broker.BrokerData;
import dynoai.broker.BrokerStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes a stopped node's own data on purpose. */
@Command(
        name = "data",
        description = "Raise or delete the data of a stopped node's own broker.",
        footer = {
            "",
            "upgrade raises the broker's feature levels to those of this version; an older version cannot go back then.",
            "reset deletes what the broker and the analyzer keep. No log and no run is lost by either: what was under",
            "way is sent again at the next start.",
            "",
            "Examples:",
            "  dynoai data upgrade",
            "  dynoai data reset --data data",
            "",
            "Exit codes: 0 success, 1 invalid arguments, 2 no broker's data there, 5 a node runs there or anything else."
        })
public final class DataCommand implements Callable<Integer> {
    /** What can be done with data. */
    enum Action {
        UPGRADE,
        RESET
    }

    private final Console console;

    @Mixin
    private SourceFlags source = new SourceFlags();

    @Mixin
    private FolderFlags folders = new FolderFlags();

    @Parameters(paramLabel = "upgrade|reset", description = "What to do.")
    private Action action = Action.UPGRADE;

    public DataCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        Path data = folders.own(source.layers()).data();
        if (!BrokerData.isIn(data)) {
            throw new CommandException(ExitCode.FILE_NOT_FOUND, "no broker keeps its data in " + data);
        }
        try {
            if (action == Action.RESET) {
                BrokerData.reset(data, NodeSettings.STATE);
                console.println("deleted the broker's data in " + data);
                return ExitCode.SUCCESS;
            }
            List<String> raised = BrokerData.upgrade(data);
            raised.forEach(console::println);
            if (raised.isEmpty()) {
                console.println("nothing to raise");
            }
            return ExitCode.SUCCESS;
        } catch (BrokerStartException refused) {
            throw new CommandException(ExitCode.OTHER, String.valueOf(refused.getMessage()), refused);
        }
    }
}
