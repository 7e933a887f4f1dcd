package dynoai.app;

import dynoai.app.node.BoundRecipes;
import dynoai.app.node.Listeners;
import dynoai.app.node.NodeLog;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.NodeWeb;
import dynoai.app.node.Pipeline;
import dynoai.broker.BrokerRefused;
import dynoai.schemas.topic.KafkaUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the pipeline, or one stage of it, until it is told to stop. */
@Command(
        name = "up",
        description = "Run the whole pipeline: logs dropped into the drop folder become run folders.",
        footer = {
            "",
            "Without --bootstrap a Kafka broker runs inside, on loopback only, with its data in --data.",
            "Settings come from flags, else DYNOAI_… in the environment, else --config FILE.",
            "",
            "Examples:",
            "  dynoai up",
            "  dynoai up --drop incoming --take-existing --exit-when-idle 2",
            "  dynoai up --recipes recipes",
            "",
            "Exit codes: 0 stopped or idle, 1 invalid arguments, 5 it cannot start or go on."
        })
final class UpCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 100;
    private static final long STOP_SECONDS = 5;

    private final Console console;
    private final Set<Pipeline.Role> roles;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Mixin
    private BoundRecipeFlags recipes = new BoundRecipeFlags();

    @Option(
            names = "--exit-when-idle",
            paramLabel = "SECONDS",
            description = "End when for so long nothing was left to do. DYNOAI_EXIT_WHEN_IDLE.")
    private @Nullable Double exitWhenIdle;

    static CommandLine all(Console console) {
        return new CommandLine(new UpCommand(console, Pipeline.everything()));
    }

    static CommandLine stage(Console console, Pipeline.Role role, String description) {
        CommandLine line = new CommandLine(new UpCommand(console, EnumSet.of(role)));
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    private UpCommand(Console console, Set<Pipeline.Role> roles) {
        this.console = console;
        this.roles = roles;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, String> environment = System.getenv();
        Layers layers = flags.layers(environment);
        NodeSettings settings = flags.settings(layers);
        boolean alone = !roles.equals(Pipeline.everything());
        if (alone && settings.bootstrap() == null) {
            throw new CommandFailed(
                    ExitCode.INVALID_ARGUMENTS, "a stage alone needs a Kafka: give --bootstrap HOST:PORT");
        }
        double idleSeconds = layers.number("exit-when-idle", exitWhenIdle, Double.POSITIVE_INFINITY);
        Optional<BoundRecipeFlags.Bound> bound = recipes.read(layers, roles.contains(Pipeline.Role.EXPORTER));
        Path log = NodeLog.toFileIn(settings.data());
        Thread hook = new Thread(this::stopAndWait, "dynoai-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        ProgressLines lines = new ProgressLines(console);
        try (NodeWeb web = flags.web(layers, settings, roles);
                Pipeline pipeline = start(settings, web, lines);
                BoundRecipes runner = bound.isPresent() ? bound.get().start(settings, pipeline, lines) : null) {
            web.show(pipeline);
            if (runner != null) {
                web.show(runner);
            }
            awaitReady(pipeline);
            console.message("ready    drop logs into " + settings.drop() + "; runs appear in " + settings.runs()
                    + "; " + (alone ? "health and metrics" : "page, health and metrics") + " on port " + web.port()
                    + ", log in " + log);
            return run(pipeline, runner, idleSeconds);
        } finally {
            stopped.countDown();
        }
    }

    private Pipeline start(NodeSettings settings, NodeWeb web, ProgressLines lines) throws CommandFailed, IOException {
        try {
            return Pipeline.start(settings, roles, web.listeners(Listeners.of(lines)));
        } catch (BrokerRefused | KafkaUnusable refused) {
            throw new CommandFailed(ExitCode.OTHER, String.valueOf(refused.getMessage()), refused);
        }
    }

    private void awaitReady(Pipeline pipeline) throws InterruptedException, CommandFailed {
        while (!pipeline.isReady() && !stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            failIfEnded(pipeline);
        }
    }

    private int run(Pipeline pipeline, @Nullable BoundRecipes recipes, double idleSeconds)
            throws InterruptedException, CommandFailed {
        long idleSince = System.nanoTime();
        while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            failIfEnded(pipeline);
            long now = System.nanoTime();
            if (!pipeline.isIdle() || recipes != null && !recipes.isIdle()) {
                idleSince = now;
            } else if (now - idleSince >= idleSeconds * 1e9) {
                console.message("idle     nothing is left to do");
                return ExitCode.SUCCESS;
            }
        }
        return ExitCode.SUCCESS;
    }

    private static void failIfEnded(Pipeline pipeline) throws CommandFailed {
        if (pipeline.failure().isPresent()) {
            throw new CommandFailed(
                    ExitCode.OTHER,
                    "the pipeline cannot go on: " + pipeline.failure().get());
        }
    }

    /** On Ctrl-C: the JVM waits for this, and this for the pipeline, but not for ever. */
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
