package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.intake.IntakeFlags;
import dynoai.app.node.BoundRecipes;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.Pipeline;
import dynoai.app.node.StageKind;
import dynoai.app.recipe.StartableRecipes;
import dynoai.app.setting.Setting;
import dynoai.dashboard.Place;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Runs the pipeline, or one stage, until it is stopped. */
@Command(
        name = "up",
        description = "Run the whole pipeline: dropped logs become run folders.",
        footer = {
            "",
            "Without --bootstrap a Kafka broker runs inside, on loopback only, with its data in --data.",
            "Settings come from flags, then DYNOAI_… in the environment, then --config FILE.",
            "",
            "Options of dropped logs: dynoai.yaml next to the logs is for all in its folder, LOG.options.yaml for one",
            "LOG. Each line is an option of analyze with underscores, as in map_unit: inhg.",
            "",
            "Examples:",
            "  dynoai up",
            "  dynoai up --drop incoming --take-existing --exit-when-idle 2",
            "  dynoai up --recipes recipes",
            "  dynoai up --intake 8443 --tls-cert server.crt --tls-key server.key",
        },
        exitCodeList = {"0:idle", "5:cannot start or continue", "130:stopped by Ctrl-C"})
public final class UpCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    private static final Set<String> OF_DROP_FOLDERS =
            Set.of("--drop", "--also-drop", "--settle", "--poll", "--no-file-events", "--take-existing", "--force");
    private static final Set<String> OF_SENDING = Set.of("--shop-runs", "--shop-rows", "--publish-rows");
    private static final Set<String> OF_THE_STORE =
            Set.of("--store", "--s3-endpoint", "--s3-path-style", "--s3-region");
    private static final Set<String> OF_RECIPES = Set.of("--recipes", "--class-path");

    /** Flags of the whole pipeline that a stage alone ignores. It accepts them, since stages may share a file of settings. */
    private static final Map<StageKind, Set<String>> IGNORED = Map.of(
            StageKind.INGEST,
            union(List.of(OF_RECIPES, Set.of("--runs", "--threads", "--standby-replicas"))),
            StageKind.ADMIT,
            union(List.of(OF_DROP_FOLDERS, OF_RECIPES, Set.of("--runs", "--threads", "--standby-replicas"))),
            StageKind.ANALYZER,
            union(List.of(OF_DROP_FOLDERS, OF_SENDING, OF_THE_STORE, OF_RECIPES, Set.of("--runs", "--exit-when-idle"))),
            StageKind.INTAKE,
            union(List.of(
                    OF_DROP_FOLDERS,
                    OF_SENDING,
                    OF_RECIPES,
                    Set.of("--threads", "--standby-replicas", "--exit-when-idle"))),
            StageKind.EXPORTER,
            union(List.of(OF_DROP_FOLDERS, OF_SENDING, Set.of("--standby-replicas", "--exit-when-idle"))));

    private final Console console;
    private final Set<StageKind> roles;

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Mixin
    private IntakeFlags intake = new IntakeFlags();

    @Mixin
    private BoundRecipeFlags recipes = new BoundRecipeFlags();

    @Setting
    @Option(
            names = "--exit-when-idle",
            paramLabel = "SECONDS",
            description = "Exit after SECONDS without pending work.")
    private @Nullable Double exitWhenIdle;

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Flags of the page, which a stage alone does not have. */
    private static final Set<String> OF_THE_PAGE =
            Set.of("--page-name", "--token", "--token-file", "--credentials", "--read-only", "--catalogue");

    public static CommandLine all(Console console) {
        return new CommandLine(new UpCommand(console, Pipeline.everything()));
    }

    /** Returns the command of one stage, with a help of its own. */
    public static CommandLine stage(Console console, StageKind role, String description) {
        CommandLine line = new CommandLine(new UpCommand(console, EnumSet.of(role)));
        String name = role.name().toLowerCase(Locale.ROOT);
        CommandSpec spec = line.getCommandSpec().name(name);
        for (OptionSpec option : List.copyOf(spec.options())) {
            String flag = option.longestName();
            if (OF_THE_PAGE.contains(flag)
                    || role != StageKind.INTAKE && IntakeFlags.NAMES.contains(flag)
                    || Objects.requireNonNull(IGNORED.get(role)).contains(flag)) {
                spec.remove(option);
                spec.addOption(option.toBuilder().hidden(true).build());
            }
        }
        spec.usageMessage()
                .description(description)
                .footer(
                        "",
                        "Needs a Kafka with the topics of 'dynoai topics create', and a --data of its own for each process.",
                        "Settings come from flags, then DYNOAI_… in the environment, then --config FILE. The file uses the",
                        "flags' names without the leading hyphens, and kafka.NAME for Kafka client properties.",
                        "",
                        "Examples:",
                        "  dynoai " + name + " --bootstrap kafka:9092",
                        "  dynoai " + name + " --config stage.properties --kafka security.protocol=SASL_SSL");
        return line;
    }

    private UpCommand(Console console, Set<StageKind> roles) {
        this.console = console;
        this.roles = roles;
    }

    @Override
    public Integer call() throws Exception {
        boolean alone = !roles.equals(Pipeline.everything());
        NodeSettings node = withDoor(flags.read());
        Set<StageKind> started = roles(node);
        if (alone && node.kafka().bootstrap() == null) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "a stage alone needs a Kafka: give --bootstrap HOST:PORT");
        }
        Optional<BoundRecipeFlags.Provided> provided = recipes.read(roles.contains(StageKind.EXPORTER), !alone);
        String log = flags.openLog(node);
        ProgressLines lines = new ProgressLines(console);
        Place place = alone ? flags.page().placeWithoutPage() : flags.page().place(console);
        try (StopSignal stop = StopSignal.install();
                StartableRecipes startable =
                        provided.isPresent() ? provided.get().startable(console) : null;
                RunningNode running = RunningNode.start(node, started, place, lines, startable);
                BoundRecipes runner =
                        provided.isPresent() ? provided.get().start(node, running.pipeline(), lines) : null) {
            if (runner != null) {
                running.web().show(runner);
            }
            if (!running.awaitReady(stop)) {
                return ExitCode.INTERRUPTED;
            }
            console.message("ready    "
                    + (roles.contains(StageKind.INGEST)
                            ? "drop logs into " + node.folder().root() + "; "
                            : "")
                    + node.door()
                            .map(door -> "shops send logs to " + door.url() + "; ")
                            .orElse("")
                    + (roles.contains(StageKind.EXPORTER) ? "runs appear in " + node.runs() + "; " : "")
                    + running.web().page().map(page -> "page " + page + ", ").orElse("") + "health and metrics on port "
                    + running.web().healthPort() + ", log " + log);
            return run(
                    stop,
                    running,
                    () -> (runner == null || runner.isIdle()) && (startable == null || startable.isIdle()));
        }
    }

    private NodeSettings withDoor(NodeSettings node) throws CommandException {
        boolean alone = roles.contains(StageKind.INTAKE);
        return alone || roles.equals(Pipeline.everything())
                ? node.with(intake.door(alone, node.data(), console))
                : node;
    }

    /** Returns the stages to start: with a door, a whole pipeline also makes runs of the logs of shops. */
    private Set<StageKind> roles(NodeSettings node) {
        Set<StageKind> all = EnumSet.copyOf(roles);
        if (node.door().isPresent() && roles.equals(Pipeline.everything())) {
            all.addAll(EnumSet.of(StageKind.ADMIT, StageKind.INTAKE));
        }
        return all;
    }

    private int run(StopSignal stop, RunningNode node, BooleanSupplier recipesIdle)
            throws InterruptedException, CommandException {
        double idleNanos = exitWhenIdle == null ? Double.POSITIVE_INFINITY : exitWhenIdle * 1e9;
        long idleSince = System.nanoTime();
        while (!stop.await(POLL_MILLIS)) {
            node.failIfEnded();
            long now = System.nanoTime();
            if (!node.pipeline().isIdle() || !recipesIdle.getAsBoolean()) {
                idleSince = now;
            } else if (now - idleSince >= idleNanos) {
                console.message("idle     nothing is left to do");
                return ExitCode.SUCCESS;
            }
        }
        return ExitCode.INTERRUPTED;
    }
}
