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
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Upgrades or deletes the data of a stopped node's broker. */
@Command(
        name = "data",
        description = "Upgrade or delete the data of a stopped node's broker.",
        footer = {
            "",
            "upgrade raises the broker's feature levels to those of this version; older versions cannot start on them.",
            "reset deletes the data of the broker and the analyzer. Neither loses a log or a run: runs in flight are",
            "sent again at the next start.",
            "",
            "Examples:",
            "  dynoai data upgrade",
            "  dynoai data reset --data data",
        },
        exitCodeList = {"2:no broker data in the directory", "5:a node runs there, or another error"})
public final class DataCommand implements Callable<Integer> {
    /** Actions on broker data. */
    enum Action {
        UPGRADE,
        RESET;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;

    @Mixin
    private FolderFlags folders = new FolderFlags();

    @Parameters(paramLabel = "upgrade|reset", description = "The action.")
    private Action action = Action.UPGRADE;

    public DataCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException, BrokerStartException {
        Path data = folders.own().data();
        if (!BrokerData.isIn(data)) {
            throw new CommandException(ExitCode.FILE_NOT_FOUND, "no broker keeps its data in " + data);
        }
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
    }
}
