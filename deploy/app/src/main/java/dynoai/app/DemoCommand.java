package dynoai.app;

import dynoai.app.node.Listeners;
import dynoai.app.node.NodeLog;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.NodeWeb;
import dynoai.app.node.Pipeline;
import dynoai.broker.BrokerRefused;
import dynoai.broker.Endpoint;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.sample.SampleProfile.Fault;
import dynoai.engine.sample.SampleProfile.Flavour;
import dynoai.ingest.folder.DropReport;
import dynoai.schemas.topic.KafkaUnusable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the pipeline at work on logs it makes itself. */
@Command(
        name = "demo",
        description = "Make a few dyno logs, drop them as a dyno PC would, and show what comes out.",
        footer = {
            "",
            "Uses the node that runs on the data directory, or starts one and leaves it running until Ctrl-C.",
            "",
            "Example:",
            "  dynoai demo --exit",
            "",
            "Exit codes: 0 shown, 1 invalid arguments, 5 it cannot start or the runs did not come."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int ROWS = 20_000;
    private static final long LOOK_MILLIS = 200;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long STOP_SECONDS = 5;
    private static final String CELL = "demo-shop/cell-1";

    private final Console console;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Option(names = "--exit", description = "End when the runs are shown.")
    private boolean exit;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Layers layers = flags.layers(System.getenv());
        NodeSettings settings = flags.settings(layers);
        boolean running = Endpoint.find(settings.data()).isPresent();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "dynoai-stop"));
        try (@Nullable NodeWeb web = running ? null : flags.web(layers, settings, Pipeline.everything());
                @Nullable Pipeline pipeline = web == null ? null : start(settings, web)) {
            while (pipeline != null && !pipeline.isReady() && !stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (pipeline.failure().isPresent()) {
                    throw new CommandFailed(ExitCode.OTHER, pipeline.failure().get());
                }
            }
            show(settings);
            if (web != null) {
                console.message("page     http://127.0.0.1:" + web.port() + "/");
            }
            if (!exit && pipeline != null) {
                console.message(
                        "The pipeline goes on; drop your own logs into " + settings.drop() + ". Ctrl-C ends it.");
                stop.await();
            }
            return ExitCode.SUCCESS;
        } finally {
            stopped.countDown();
        }
    }

    private Pipeline start(NodeSettings settings, NodeWeb web) throws CommandFailed, IOException {
        NodeLog.toFileIn(settings.data());
        try {
            Pipeline pipeline = Pipeline.start(
                    settings, Pipeline.everything(), web.listeners(Listeners.of(new ProgressLines(console))));
            web.show(pipeline);
            return pipeline;
        } catch (BrokerRefused | KafkaUnusable refused) {
            throw new CommandFailed(ExitCode.OTHER, String.valueOf(refused.getMessage()), refused);
        }
    }

    private void show(NodeSettings settings) throws IOException, InterruptedException, CommandFailed {
        List<String> dropped = dropLogs(settings.drop());
        List<DropReport.Entry> ended = awaitEnds(settings.drop(), dropped);
        Path table = null;
        for (DropReport.Entry entry : ended) {
            if (entry.state() == DropReport.State.DONE) {
                Path folder = settings.runs().resolve(entry.shop()).resolve(entry.runId());
                console.println(entry.file() + " -> " + folder);
                table = table == null ? folder.resolve("VE_Correction_Delta_DYNO.csv") : table;
            } else {
                console.println(entry.file() + ": " + entry.state() + " " + entry.detail());
            }
        }
        if (table != null) {
            console.println("");
            console.println("VE correction of the first, in percent, engine speed down and MAP in kPa across:");
            for (String line : Files.readAllLines(table, StandardCharsets.UTF_8)) {
                console.println(line.replace("'", "").replace(",", "\t"));
            }
        }
    }

    /** Under another name first, then renamed: whole at once, as a careful copying tool does it. */
    private List<String> dropLogs(Path drop) throws IOException {
        long seed = Instant.now().getEpochSecond();
        Map<String, SampleProfile> logs = new LinkedHashMap<>();
        logs.put("lean-front.csv", SampleProfile.healthy(Flavour.WINPEP, seed).with(Fault.LEAN_FRONT));
        logs.put(
                "knock-hot.csv",
                SampleProfile.healthy(Flavour.POWER_VISION, seed)
                        .with(Fault.KNOCK)
                        .with(Fault.HOT_IAT));
        logs.put("dropouts.csv", SampleProfile.healthy(Flavour.GENERIC, seed).with(Fault.DROPOUTS));
        logs.put("wrong-header.csv", SampleProfile.healthy(Flavour.WINPEP, seed).with(Fault.WRONG_HEADER));
        Path folder = Files.createDirectories(drop.resolve(CELL));
        for (Map.Entry<String, SampleProfile> log : logs.entrySet()) {
            Path part = folder.resolve("demo-" + seed + "-" + log.getKey() + ".part");
            try (OutputStream out = Files.newOutputStream(part)) {
                SampleLogs.write(log.getValue(), ROWS, out);
            }
            Files.move(part, folder.resolve("demo-" + seed + "-" + log.getKey()), StandardCopyOption.ATOMIC_MOVE);
        }
        return logs.keySet().stream()
                .map(name -> CELL + "/demo-" + seed + "-" + name)
                .toList();
    }

    private List<DropReport.Entry> awaitEnds(Path drop, List<String> dropped)
            throws IOException, InterruptedException, CommandFailed {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            List<DropReport.Entry> ended = DropReport.of(drop).entries().stream()
                    .filter(entry -> dropped.contains(entry.file()))
                    .filter(entry -> entry.state().compareTo(DropReport.State.DONE) >= 0)
                    .toList();
            if (ended.size() == dropped.size()) {
                return ended;
            }
            if (System.nanoTime() > until || stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new CommandFailed(
                        ExitCode.OTHER, ended.size() + " of " + dropped.size() + " logs came to an end");
            }
        }
    }

    private void stopAndWait() {
        stop.countDown();
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.OTHER);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
