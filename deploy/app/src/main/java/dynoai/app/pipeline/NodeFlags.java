package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.node.NodeLog;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.NodeWeb;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of whatever runs stages. */
final class NodeFlags {
    private static final double LONGEST_SECONDS = 86_400;
    private static final int MOST_THREADS = 256;

    @Mixin
    private SourceFlags source = new SourceFlags();

    @Mixin
    private FolderFlags folders = new FolderFlags();

    @Mixin
    private KafkaFlags kafka = new KafkaFlags();

    @Mixin
    private PageFlags page = new PageFlags();

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description =
                    "Tells this process from others of its kind and stays the same over restarts. Default: kept in the data directory. DYNOAI_INSTANCE.")
    private @Nullable String instance;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs analysed and exported at a time. Default: the processors, at most 4. DYNOAI_THREADS.")
    private @Nullable Integer threads;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "How long a log must not have moved. Default: 3. DYNOAI_SETTLE.")
    private @Nullable Double settle;

    @Option(
            names = "--poll",
            paramLabel = "SECONDS",
            description = "Pause between two looks into the drop folder. Default: 2. DYNOAI_POLL.")
    private @Nullable Double poll;

    @Option(
            names = "--no-file-events",
            description = "Never be woken by the file system; the poll alone finds files. DYNOAI_NO_FILE_EVENTS=true.")
    private boolean noFileEvents;

    @Option(
            names = "--take-existing",
            description = "Take logs that lay in the drop folder before its first start. DYNOAI_TAKE_EXISTING=true.")
    private boolean takeExisting;

    @Option(names = "--force", description = "Make a new run of a log that was a run before. DYNOAI_FORCE=true.")
    private boolean force;

    @Option(
            names = "--publish-rows",
            description = "Also write every row by itself to dynoai.log-rows.v1. DYNOAI_PUBLISH_ROWS=true.")
    private boolean publishRows;

    @Option(
            names = "--log-to-console",
            description = "Write the log to standard error, not into the data directory. DYNOAI_LOG_TO_CONSOLE=true.")
    private boolean logToConsole;

    LayeredConfig layers() throws CommandException, IOException {
        return source.layers();
    }

    FolderFlags folders() {
        return folders;
    }

    NodeSettings settings(LayeredConfig layers) throws CommandException {
        FolderFlags.Folders own = folders.own(layers);
        return new NodeSettings(
                own.drop(),
                own.runs(),
                own.data(),
                own.store(),
                kafka.bootstrap(layers),
                kafka.properties(layers),
                kafka.replication(layers),
                layers.text("instance", instance),
                layers.whole(
                        "threads", threads, Math.min(4, Runtime.getRuntime().availableProcessors()), 1, MOST_THREADS),
                seconds(layers, "settle", settle, 3),
                seconds(layers, "poll", poll, 2),
                !layers.flag("no-file-events", noFileEvents),
                layers.flag("take-existing", takeExisting),
                layers.flag("force", force),
                layers.flag("publish-rows", publishRows));
    }

    /** Opens the log. @return where it is, for a person */
    String openLog(LayeredConfig layers, NodeSettings settings) throws IOException {
        if (layers.flag("log-to-console", logToConsole)) {
            NodeLog.toStandardError();
            return "here";
        }
        return "in " + NodeLog.toFileIn(settings.data());
    }

    NodeWeb.Place place(LayeredConfig layers) throws CommandException {
        return page.place(layers);
    }

    boolean isAnyPortFine(LayeredConfig layers) {
        return page.isAnyPortFine(layers);
    }

    private static Duration seconds(LayeredConfig layers, String name, @Nullable Double flag, double otherwise)
            throws CommandException {
        return Duration.ofNanos(Math.round(layers.number(name, flag, otherwise, 0, LONGEST_SECONDS) * 1e9));
    }
}
