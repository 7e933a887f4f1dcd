package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.node.BoundRecipes;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.Pipeline;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
            "Exit codes: 0 idle, 1 invalid arguments, 5 it cannot start or go on, 130 ended by Ctrl-C."
        })
public final class UpCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 100;

    private final Console console;
    private final Set<Pipeline.Role> roles;

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Mixin
    private BoundRecipeFlags recipes = new BoundRecipeFlags();

    @Option(
            names = "--exit-when-idle",
            paramLabel = "SECONDS",
            description = "End when for so long nothing was left to do. DYNOAI_EXIT_WHEN_IDLE.")
    private @Nullable Double exitWhenIdle;

    public static CommandLine all(Console console) {
        return new CommandLine(new UpCommand(console, Pipeline.everything()));
    }

    public static CommandLine stage(Console console, Pipeline.Role role, String description) {
        CommandLine line = new CommandLine(new UpCommand(console, EnumSet.of(role)));
        String name = role.name().toLowerCase(Locale.ROOT);
        line.getCommandSpec()
                .usageMessage()
                .description(description)
                .footer(
                        "",
                        "Needs a Kafka with its topics: 'dynoai topics create' makes them. Several processes need a --data each.",
                        "Settings come from flags, else DYNOAI_… in the environment, else --config FILE. In the file they have",
                        "the flags' names without hyphens in front, and kafka.NAME for Kafka's clients.",
                        "",
                        "Examples:",
                        "  dynoai " + name + " --bootstrap kafka:9092",
                        "  dynoai " + name + " --config stage.properties --kafka security.protocol=SASL_SSL",
                        "",
                        "Exit codes: 1 invalid arguments, 5 it cannot start or go on, 130 ended by Ctrl-C.");
        return line;
    }

    private UpCommand(Console console, Set<Pipeline.Role> roles) {
        this.console = console;
        this.roles = roles;
    }

    @Override
    public Integer call() throws Exception {
        LayeredConfig layers = flags.layers();
        NodeSettings settings = flags.settings(layers);
        boolean alone = !roles.equals(Pipeline.everything());
        if (alone && settings.bootstrap() == null) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "a stage alone needs a Kafka: give --bootstrap HOST:PORT");
        }
        double idleSeconds =
                layers.number("exit-when-idle", exitWhenIdle, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
        Optional<BoundRecipeFlags.Bound> bound = recipes.read(layers, roles.contains(Pipeline.Role.EXPORTER));
        String log = flags.openLog(layers, settings);
        ProgressLines lines = new ProgressLines(console);
        try (StopSignal stop = StopSignal.install();
                RunningNode node = RunningNode.start(settings, roles, flags.place(layers), lines);
                BoundRecipes runner = bound.isPresent() ? bound.get().start(settings, node.pipeline(), lines) : null) {
            if (runner != null) {
                node.web().show(runner);
            }
            if (!node.awaitReady(stop)) {
                return ExitCode.INTERRUPTED;
            }
            console.message("ready    "
                    + (roles.contains(Pipeline.Role.INGEST) ? "drop logs into " + settings.drop() + "; " : "")
                    + (roles.contains(Pipeline.Role.EXPORTER) ? "runs appear in " + settings.runs() + "; " : "")
                    + (alone ? "health and metrics" : "page, health and metrics") + " on port "
                    + node.web().port() + ", log " + log);
            return run(stop, node, runner, idleSeconds);
        }
    }

    private int run(StopSignal stop, RunningNode node, @Nullable BoundRecipes recipes, double idleSeconds)
            throws InterruptedException, CommandException {
        long idleSince = System.nanoTime();
        while (!stop.await(LOOK_MILLIS)) {
            node.failIfEnded();
            long now = System.nanoTime();
            if (!node.pipeline().isIdle() || recipes != null && !recipes.isIdle()) {
                idleSince = now;
            } else if (now - idleSince >= idleSeconds * 1e9) {
                console.message("idle     nothing is left to do");
                return ExitCode.SUCCESS;
            }
        }
        return ExitCode.INTERRUPTED;
    }
}
