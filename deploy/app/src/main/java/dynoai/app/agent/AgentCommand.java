package dynoai.app.agent;

import dynoai.agent.Agent;
import dynoai.agent.AgentSettings;
import dynoai.agent.StatusPage;
import dynoai.agent.http.IntakeAddress;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.setting.Settings;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.ShopTurns;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.file.ThisMachine;
import dynoai.schemas.run.RunId;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Runs a shop's agent until it is stopped, or shows how it is. Built without annotations, because its start-up time matters. */
public final class AgentCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;
    private static final int MAX_RUNS = 256;

    /** What the command does. */
    enum Action {
        RUN,
        STATUS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;
    private final CommandSpec spec;

    private AgentCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    public static CommandSpec spec(Console console) {
        CommandSpec spec = new AgentCommand(console).spec;
        spec.name("agent");
        spec.usageMessage()
                .description("Send a shop's dropped logs to an intake, bring the runs back.")
                .footer(
                        "",
                        "Logs are dropped as DROP/LOG, DROP/CELL/LOG or DROP/CELL/BIKE/LOG; their runs appear in the same folder",
                        "below --results. The shop is that of the token. A log that cannot be analysed is rejected here, also without",
                        "a connection; logs wait until the intake can be reached.",
                        "",
                        "Settings come from flags, then DYNOAI_… in the environment, then --config FILE.",
                        "",
                        "Examples:",
                        "  dynoai agent --to https://intake.example.com --token-file token",
                        "  dynoai agent --config agent.properties",
                        "  dynoai agent status --data data")
                .exitCodeList(Map.of(
                        "0",
                        "idle, or the status was shown",
                        "2",
                        "no token file, or no agent ran on the data directory",
                        "5",
                        "cannot start or continue",
                        "130",
                        "stopped by Ctrl-C"));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("run|status")
                .arity("0..1")
                .type(Action.class)
                .description("Default: run.")
                .build());
        Settings.addTo(
                spec,
                option("--to", "URL", String.class, "Address of the intake, https://HOST[:PORT]."),
                option(
                        "--token-file",
                        "FILE",
                        Path.class,
                        "File with the token of the shop. It may be replaced while the agent runs."),
                option("--ca", "FILE", Path.class, "PEM file of certificate authorities to trust in place of Java's."),
                option("--drop", "DIR", Path.class, "Drop folder.").defaultValue("drop"),
                option("--results", "DIR", Path.class, "Folder in which run folders appear.")
                        .defaultValue("results"),
                option("--data", "DIR", Path.class, "Data directory of this agent: copies of logs in flight, status.")
                        .defaultValue("data"),
                option(
                        "--name",
                        "NAME",
                        String.class,
                        "Name of this agent at the intake. Default: the name of the machine."),
                option(
                                "--limit-rate",
                                "RATE",
                                Long.class,
                                "Send at most RATE bytes a second, such as 500K or 2M. Default: no limit.")
                        .converters(new ByteRate()),
                option(
                        "--page",
                        "PORT",
                        Integer.class,
                        "Show the logs on a page of this machine, on http://127.0.0.1:PORT."),
                option("--settle", "SECONDS", Duration.class, "How long a log must be unchanged before it is taken.")
                        .defaultValue("3"),
                option("--poll", "SECONDS", Duration.class, "Pause between two scans.")
                        .defaultValue("2"),
                OptionSpec.builder("--take-existing")
                        .type(boolean.class)
                        .description("Take logs that were in the drop folder before the first start."),
                option("--exit-when-idle", "SECONDS", Double.class, "Exit after SECONDS without pending work."));
        spec.addOption(OptionSpec.builder("--json")
                .type(boolean.class)
                .description("Print the status as JSON.")
                .build());
        return spec;
    }

    private static OptionSpec.Builder option(String name, String label, Class<?> type, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(type).description(description);
    }

    private <T> Optional<T> given(String option, Class<T> type) {
        return Optional.ofNullable(type.cast(spec.findOption(option).getValue()));
    }

    /** Returns a path that has a default. */
    private Path path(String option) {
        return given(option, Path.class).orElseThrow();
    }

    /** Returns a time that has a default. */
    private Duration time(String option) {
        return given(option, Duration.class).orElseThrow();
    }

    private boolean isSet(String option) {
        return given(option, Boolean.class).orElse(false);
    }

    @Override
    public Integer call() throws IOException, CommandException, InterruptedException {
        Path data = path("--data");
        if (spec.positionalParameters().get(0).getValue() == Action.STATUS) {
            return new StatusText(console).print(data, isSet("--json"));
        }
        AgentSettings read = read(data);
        AgentLines lines = new AgentLines(console, InstantSource.system());
        Optional<Integer> page = given("--page", Integer.class);
        try (StopSignal stop = StopSignal.install();
                Agent agent = Agent.start(read, lines);
                StatusPage shown = page.isEmpty() ? null : StatusPage.serve(page.get(), agent::status)) {
            if (shown != null) {
                agent.showsPage(shown.address());
            }
            lines.line("ready    drop logs into " + path("--drop") + "; runs appear in " + read.results()
                    + (shown == null ? "" : "; page " + shown.address()));
            return run(stop, agent);
        }
    }

    private int run(StopSignal stop, Agent agent) throws InterruptedException, CommandException {
        double idleNanos = given("--exit-when-idle", Double.class).orElse(Double.POSITIVE_INFINITY) * 1e9;
        long idleSince = System.nanoTime();
        while (!stop.await(POLL_MILLIS)) {
            Optional<String> failure = agent.failure();
            if (failure.isPresent()) {
                throw new CommandException(ExitCode.OTHER, "the agent ended: " + failure.get());
            }
            long now = System.nanoTime();
            if (!agent.isIdle()) {
                idleSince = now;
            } else if (now - idleSince >= idleNanos) {
                return ExitCode.SUCCESS;
            }
        }
        return ExitCode.INTERRUPTED;
    }

    private AgentSettings read(Path data) throws CommandException {
        Optional<String> intake = given("--to", String.class);
        Optional<Path> token = given("--token-file", Path.class);
        Optional<Path> authorities = given("--ca", Path.class);
        if (intake.isEmpty() || token.isEmpty()) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "give the intake with --to URL and its token with --token-file FILE");
        }
        for (Path file : Stream.concat(token.stream(), authorities.stream()).toList()) {
            if (!Files.isRegularFile(file)) {
                throw new CommandException(ExitCode.FILE_NOT_FOUND, "no such file: " + file);
            }
        }
        IntakeAddress address;
        try {
            address = IntakeAddress.parse(intake.get());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()));
        }
        String named = given("--name", String.class).orElseGet(AgentCommand::ofMachine);
        if (!RunId.isValid(named)) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS,
                    "a name has 1 to 64 of A-Z a-z 0-9 . _ -, and begins with no dot: '" + named + "'");
        }
        FolderSettings folder = FolderSettings.of(path("--drop"), new FolderStore(data.resolve("store")))
                .layout(DropLayout.CELLS)
                .settle(time("--settle"))
                .poll(time("--poll"))
                .takeExisting(isSet("--take-existing"))
                .admission(new Admission(ShopTurns.Limits.of(MAX_RUNS, Long.MAX_VALUE)));
        return new AgentSettings(
                address,
                named,
                token.get(),
                authorities,
                folder,
                data,
                path("--results"),
                given("--limit-rate", Long.class).orElse(0L),
                AgentSettings.Timing.DEFAULT);
    }

    private static String ofMachine() {
        String words = ThisMachine.name().replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^\\.+", "");
        return words.substring(0, Math.min(words.length(), 64));
    }
}
