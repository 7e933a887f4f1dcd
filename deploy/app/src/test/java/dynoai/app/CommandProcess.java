package dynoai.app;

import dynoai.broker.ChildProcess;
import dynoai.schemas.fault.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A {@code dynoai} command, or a broker, as a process. */
public final class CommandProcess extends ChildProcess {
    /** Exit code after {@link #interrupt}. */
    public static final int INTERRUPTED = 130;

    private static final Pattern PORT = Pattern.compile("(?m)^ready .*? on port (\\d+)");

    private CommandProcess(
            Path folder,
            String classPath,
            List<String> before,
            Map<String, String> environment,
            String mainClass,
            List<String> arguments)
            throws IOException {
        super(folder, classPath, before, environment, mainClass, arguments);
    }

    /**
     * Starts a command.
     *
     * @param before a program that starts the command, with its arguments; empty for none
     * @param line the arguments, separated by spaces
     */
    public static CommandProcess start(Path folder, List<String> before, String line) throws IOException {
        return start(folder, before, Map.of(), "dynoai.app.DynoAi", List.of(line.split(" ")));
    }

    public static CommandProcess start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(folder, List.of(), environment, "dynoai.app.DynoAi", List.of(arguments));
    }

    /**
     * Starts the whole pipeline.
     *
     * @param crashAt the point at which it kills itself
     */
    public static CommandProcess up(Path folder, Optional<String> crashAt, String... more) throws IOException {
        Map<String, String> environment =
                crashAt.map(point -> Map.of(CrashPoint.VARIABLE, point)).orElse(Map.of());
        return node(TODAY, folder, List.of(), environment, List.of("up", "--take-existing"), more);
    }

    /**
     * Starts the whole pipeline.
     *
     * @param before a program that starts it, with its arguments; empty for none
     */
    public static CommandProcess up(Path folder, List<String> before, String... more) throws IOException {
        return node(TODAY, folder, before, Map.of(), List.of("up", "--take-existing"), more);
    }

    /** Starts one stage on an external Kafka, with a data directory of its own. */
    public static CommandProcess stage(
            Path folder, String stage, String instance, Map<String, ?> client, Optional<String> crashAt)
            throws IOException {
        return stage(TODAY, folder, stage, instance, client, crashAt);
    }

    /** @param classPath of the build that has the stage */
    public static CommandProcess stage(
            String classPath,
            Path folder,
            String stage,
            String instance,
            Map<String, ?> client,
            Optional<String> crashAt)
            throws IOException {
        String line = stage + " --replication 1 --data data-" + instance;
        List<String> command = List.of((line + " --store store").split(" "));
        Map<String, String> environment = new HashMap<>(kafka(client));
        crashAt.ifPresent(point -> environment.put(CrashPoint.VARIABLE, point));
        String files = stage.equals("ingest") ? "--take-existing" : "--no-file-events";
        return node(classPath, folder, List.of(), environment, command, files);
    }

    /**
     * Starts a single broker.
     *
     * @param topics whether to create the topics
     */
    public static CommandProcess broker(Path folder, int port, boolean topics) throws IOException {
        List<String> arguments = List.of("data-broker", Integer.toString(port), Boolean.toString(topics));
        return start(folder, List.of(), Map.of(), "dynoai.app.node.BrokerAlone", arguments);
    }

    /** Returns the variables that connect a command to a Kafka. */
    public static Map<String, String> kafka(Map<String, ?> client) {
        Map<String, String> variables = new HashMap<>();
        client.forEach((name, value) -> variables.put(
                name.equals("bootstrap.servers")
                        ? "DYNOAI_BOOTSTRAP"
                        : "DYNOAI_KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'),
                value.toString()));
        return variables;
    }

    private static CommandProcess node(
            String classPath,
            Path folder,
            List<String> before,
            Map<String, String> environment,
            List<String> command,
            String... more)
            throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--drop", "drop", "--settle", "0.2", "--poll", "0.2", "--port", "0"));
        arguments.addAll(List.of(more));
        return new CommandProcess(folder, classPath, before, environment, "dynoai.app.DynoAi", arguments);
    }

    /** Starts a command of another build of DynoAI. */
    public static CommandProcess startFrom(String classPath, Path folder, Map<String, String> environment, String line)
            throws IOException {
        return new CommandProcess(
                folder, classPath, List.of(), environment, "dynoai.app.DynoAi", List.of(line.split(" ")));
    }

    private static CommandProcess start(
            Path folder, List<String> before, Map<String, String> environment, String mainClass, List<String> arguments)
            throws IOException {
        return new CommandProcess(folder, TODAY, before, environment, mainClass, arguments);
    }

    /** Waits until the command is ready, and returns an address on its port. */
    public String awaitReady() throws IOException {
        return "http://127.0.0.1:" + awaitPort(PORT);
    }
}
