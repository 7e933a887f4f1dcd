package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.node.NodeLog;
import dynoai.app.node.NodeSettings;
import dynoai.app.setting.Setting;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.ShopTurns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of commands that run stages. */
final class NodeFlags {
    private static final int MAX_SECONDS = 86_400;
    private static final int MAX_THREADS = 256;
    private static final int MAX_SHOP_RUNS = 256;
    private static final int DEFAULT_MAX_THREADS = 4;
    private static final int MAX_STANDBY_REPLICAS = 3;

    @Mixin
    private FolderFlags folders = new FolderFlags();

    @Mixin
    private KafkaFlags kafka = new KafkaFlags();

    @Mixin
    private CatalogueFlags catalogue = new CatalogueFlags();

    @Mixin
    private PageFlags page = new PageFlags();

    @Setting
    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "Distinguishes this process from others of its kind; stable across restarts."
                    + " Default: kept in the data directory.")
    private @Nullable String instance;

    @Setting(min = 1, max = MAX_THREADS)
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs analysed and exported concurrently. Default: the processors, at most "
                    + DEFAULT_MAX_THREADS + ".")
    private @Nullable Integer threads;

    @Setting(max = MAX_STANDBY_REPLICAS)
    @Option(
            names = "--standby-replicas",
            paramLabel = "N",
            defaultValue = "0",
            description = "Copies of each partition's state on other analyzers, which take over without reading it from"
                    + " Kafka.")
    private int standbyReplicas;

    @Setting(max = MAX_SECONDS)
    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "Time a file's size and modification time must be stable before it is taken.")
    private Duration settle = Duration.ZERO;

    @Setting(max = MAX_SECONDS)
    @Option(
            names = "--poll",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Interval between scans of the drop folder.")
    private Duration poll = Duration.ZERO;

    @Setting
    @Option(names = "--no-file-events", description = "Ignore file system events; find files by polling alone.")
    private boolean noFileEvents;

    @Setting
    @Option(
            names = "--take-existing",
            description = "Also take logs that were in the drop folder before its first start.")
    private boolean takeExisting;

    @Setting
    @Option(names = "--force", description = "Analyse duplicates as new runs.")
    private boolean force;

    @Setting
    @Option(
            names = "--also-drop",
            paramLabel = "DIR",
            split = ",",
            description = "Further drop folders, separated by commas. The same log in two of them is a duplicate.")
    private List<Path> alsoDrop = List.of();

    @Setting(min = 1, max = MAX_SHOP_RUNS)
    @Option(
            names = "--shop-runs",
            paramLabel = "N",
            defaultValue = "8",
            description = "Runs in flight of a shop while other shops have logs. A shop alone may have 32.")
    private int shopRuns;

    @Setting(min = 1, max = Integer.MAX_VALUE)
    @Option(
            names = "--shop-rows",
            paramLabel = "N",
            defaultValue = "4000000",
            description = "Rows in flight, estimated from file sizes, from which a shop's next log waits.")
    private int shopRows;

    @Setting
    @Option(names = "--publish-rows", description = "Also send every row as a record to dynoai.log-rows.v1.")
    private boolean publishRows;

    @Setting
    @Option(names = "--log-to-console", description = "Write the log to standard error, not to the data directory.")
    private boolean logToConsole;

    FolderFlags folders() {
        return folders;
    }

    PageFlags page() {
        return page;
    }

    NodeSettings read() throws CommandException, IOException {
        FolderFlags.Folders own = folders.own();
        FolderSettings folder = FolderSettings.of(own.drop(), own.store().store(own.data()))
                .settle(settle)
                .poll(poll)
                .watch(!noFileEvents)
                .takeExisting(takeExisting)
                .force(force)
                .admission(new Admission(ShopTurns.Limits.of(shopRuns, shopRows)));
        int atOnce = threads == null
                ? Math.min(DEFAULT_MAX_THREADS, Runtime.getRuntime().availableProcessors())
                : threads;
        return new NodeSettings(
                folder,
                alsoDrop,
                own.runs(),
                own.data(),
                catalogue.address(own.data()),
                kafka.connection(folders.settings(), own.data()),
                new NodeSettings.Stages(instance, atOnce, standbyReplicas, publishRows),
                Optional.empty());
    }

    /** Opens the log and returns where it is, for a message. */
    String openLog(NodeSettings settings) throws IOException {
        if (logToConsole) {
            NodeLog.toStandardError();
            return "here";
        }
        return "in " + NodeLog.toFileIn(settings.data());
    }
}
