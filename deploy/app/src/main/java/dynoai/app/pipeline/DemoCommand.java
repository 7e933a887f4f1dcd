package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.demo.DemoLogs;
import dynoai.app.demo.DemoLogs.DemoLog;
import dynoai.app.demo.FleetDemo;
import dynoai.app.node.NodeInfo;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.Pipeline;
import dynoai.app.node.StageKind;
import dynoai.broker.BrokerStartException;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.ingest.folder.DropReport;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the pipeline on generated logs. */
@Command(
        name = "demo",
        description = "Drop a few generated logs and show the results.",
        footer = {
            "",
            "Uses the node that runs on the data directory, or starts one and leaves it running until Ctrl-C. Without",
            "--port it uses any free port if 8080 is in use.",
            "",
            "Examples:",
            "  dynoai demo",
            "  dynoai demo --exit",
            "  dynoai demo --fleet --data fleet --exit",
        },
        exitCodeList = {"5:cannot start, or the runs did not end in time", "130:stopped by Ctrl-C"})
public final class DemoCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private static final String NEEDS_FOLDER = "the demo shows tables of run folders, so it needs --runs in a folder";

    private final Console console;

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Option(names = "--exit", description = "Exit when the runs are shown.")
    private boolean exit;

    @Option(
            names = "--fleet",
            description = "Show a fleet: an intake on loopback TLS and the agents of three shops, one with a bad line.")
    private boolean fleet;

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (fleet) {
            return showFleet();
        }
        FolderFlags.Folders running = flags.folders().ofLatest();
        FolderFlags.Folders folders =
                running.node().isPresent() ? running : flags.folders().own();
        folders.runs().folder(NEEDS_FOLDER);
        try (StopSignal stop = StopSignal.install();
                @Nullable RunningNode node = folders.node().isPresent() ? null : start()) {
            String page = folders.node().flatMap(NodeInfo::page).orElse("");
            if (node != null) {
                if (!node.awaitReady(stop)) {
                    return ExitCode.INTERRUPTED;
                }
                page = node.web().page().orElse("");
            } else if (page.isEmpty()) {
                throw new CommandException(
                        ExitCode.OTHER,
                        "a stage alone runs on " + folders.data()
                                + "; give the demo another --data, --drop and --runs");
            } else {
                console.message("Using the node that runs as process "
                        + folders.node().orElseThrow().pid());
            }
            if (!show(folders, page, node == null, stop)) {
                return ExitCode.INTERRUPTED;
            }
            if (!exit && node != null) {
                console.message(
                        "The pipeline keeps running; drop your own logs into " + folders.drop() + ". Ctrl-C ends it.");
                stop.await();
            }
            return ExitCode.SUCCESS;
        }
    }

    private int showFleet() throws Exception {
        NodeSettings settings = flags.read();
        if (NodeInfo.latest(settings.data()).filter(NodeInfo::isRunning).isPresent()) {
            throw new CommandException(
                    ExitCode.OTHER, "a node runs on " + settings.data() + "; give the fleet another --data and --runs");
        }
        console.message("Starting the pipeline: a broker with its data in " + settings.data()
                + ", admit, analyzer and exporter. This takes a few seconds.");
        flags.openLog(settings);
        Set<StageKind> roles = EnumSet.of(StageKind.ADMIT, StageKind.ANALYZER, StageKind.EXPORTER);
        try (StopSignal stop = StopSignal.install();
                RunningNode node = RunningNode.start(
                        settings, roles, flags.page().freePlace(console), new ProgressLines(console), null)) {
            if (!node.awaitReady(stop)) {
                return ExitCode.INTERRUPTED;
            }
            try (FleetDemo demo = FleetDemo.start(
                    console,
                    settings.data().resolve("fleet"),
                    node.pipeline().clients(),
                    settings.folder().store(),
                    settings.runs().shelf(settings.data(), "intake"))) {
                if (!demo.show(stop)) {
                    return ExitCode.INTERRUPTED;
                }
                if (!exit) {
                    console.message(
                            "The fleet keeps running; drop your own logs into the agents' folders. Ctrl-C ends it.");
                    stop.await();
                }
            }
            return ExitCode.SUCCESS;
        }
    }

    private RunningNode start() throws CommandException, BrokerStartException, KafkaUnavailableException, IOException {
        NodeSettings node = flags.read();
        console.message("Starting the pipeline: a broker with its data in " + node.data()
                + ", and the three stages. This takes a few seconds.");
        flags.openLog(node);
        Files.createDirectories(node.folder().root());
        return RunningNode.start(
                node, Pipeline.everything(), flags.page().freePlace(console), new ProgressLines(console), null);
    }

    /** Drops the logs and prints their results; returns false if Ctrl-C interrupts it. */
    private boolean show(FolderFlags.Folders folders, String page, boolean otherNode, StopSignal stop)
            throws IOException, InterruptedException, CommandException, InvalidTableException {
        List<DemoLog> logs = DemoLogs.of("demo-shop/cell-1", Instant.now().getEpochSecond());
        for (DemoLog log : logs) {
            DemoLogs.drop(folders.drop(), log);
            console.message("dropped  " + log.file() + " (" + log.about() + ")");
        }
        Map<String, DropReport.Entry> ends = awaitEnds(folders.drop(), logs, otherNode, stop);
        if (ends.size() < logs.size()) {
            return false;
        }
        printTable(folders, logs.get(0), ends.get(logs.get(0).file()));
        for (DemoLog log : logs) {
            DropReport.Entry end = ends.get(log.file());
            console.println(
                    String.format(Locale.ROOT, "%-30s %s", log.name(), end == null ? "" : outcome(folders, end)));
        }
        console.println(String.format(Locale.ROOT, "%-30s %s", "page", page));
        console.out().flush();
        return true;
    }

    private static String outcome(FolderFlags.Folders folders, DropReport.Entry end) throws CommandException {
        return end.state() == DropReport.State.DONE
                ? runFolder(folders, end).toString()
                : end.state().name().toLowerCase(Locale.ROOT) + ": " + end.detail() + ", see "
                        + folders.drop().resolve("rejected");
    }

    private static Path runFolder(FolderFlags.Folders folders, DropReport.Entry end) throws CommandException {
        return folders.runs().folder(NEEDS_FOLDER).resolve(end.shop()).resolve(end.runId());
    }

    private void printTable(FolderFlags.Folders folders, DemoLog log, DropReport.@Nullable Entry end)
            throws CommandException, IOException, InvalidTableException {
        if (end == null || end.state() != DropReport.State.DONE) {
            return;
        }
        console.println("");
        console.println("VE correction of " + log.name() + " in %, both cylinders together; + is lean: add fuel");
        Path file = GridFile.DELTA.in(runFolder(folders, end));
        VeTable table = VeTable.read(file.toString(), Files.readAllBytes(file));
        StringBuilder header = new StringBuilder(" rpm \\ kPa");
        for (int column = 0; column < table.columns(); column++) {
            header.append(String.format(Locale.ROOT, "%8s", table.kpaLabel(column)));
        }
        console.println(header.toString());
        for (int row = 0; row < table.rows(); row++) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%10s", table.rpmLabel(row)));
            for (int column = 0; column < table.columns(); column++) {
                boolean empty = table.isEmpty(row * table.columns() + column);
                line.append(empty ? "        " : String.format(Locale.ROOT, "%+8.2f", table.at(row, column)));
            }
            console.println(line.toString());
        }
        console.println("");
    }

    /** Returns the end state of each log by its file; fewer if Ctrl-C interrupts the wait. */
    private Map<String, DropReport.Entry> awaitEnds(Path drop, List<DemoLog> logs, boolean otherNode, StopSignal stop)
            throws IOException, InterruptedException, CommandException {
        long until = System.nanoTime() + MAX_WAIT_NANOS;
        Map<String, DropReport.Entry> ends = new HashMap<>();
        while (true) {
            for (DropReport.Entry entry : DropReport.of(drop).entries()) {
                boolean ours = logs.stream().anyMatch(log -> log.file().equals(entry.file()));
                if (ours && entry.state().isEnd() && ends.put(entry.file(), entry) == null && otherNode) {
                    console.message("ended    " + entry.file() + " (" + ends.size() + " of " + logs.size() + ")");
                }
            }
            if (ends.size() == logs.size() || stop.await(POLL_MILLIS)) {
                return ends;
            }
            if (System.nanoTime() > until) {
                throw new CommandException(
                        ExitCode.OTHER,
                        ends.size() + " of " + logs.size() + " logs have ended; 'dynoai status' shows the others");
            }
        }
    }
}
