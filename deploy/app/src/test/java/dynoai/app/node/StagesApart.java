package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.broker.BrokerClient;
import dynoai.broker.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stages as processes of their own around a broker that is one too. Each member keeps its things in its own directory. */
public final class StagesApart implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final Map<String, CommandProcess> members = new HashMap<>();

    private StagesApart(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** @param names a stage's name, with a number behind it where there are several, or {@code broker} */
    public static StagesApart start(NodeFixture home, List<String> names) throws IOException {
        return start(home.folder(), names);
    }

    /**
     * Starts stages in a folder.
     *
     * @param names a stage's name, with a number behind it where there are several, or {@code broker}
     */
    public static StagesApart start(Path folder, List<String> names) throws IOException {
        StagesApart stages = start(folder, true);
        for (String name : names) {
            if (!name.equals("broker")) {
                stages.start(name);
            }
        }
        return stages;
    }

    /** Starts the broker, without topics. */
    public static StagesApart startWithoutTopics(NodeFixture home) throws IOException {
        return start(home.folder(), false);
    }

    private static StagesApart start(Path folder, boolean topics) throws IOException {
        StagesApart stages = new StagesApart(folder, FreePorts.any());
        CommandProcess broker = CommandProcess.broker(folder, stages.port, topics);
        stages.members.put("broker", broker);
        await().atMost(MAX_WAIT).until(() -> broker.said().contains(BrokerAlone.READY));
        return stages;
    }

    /** Returns the properties of a client. */
    public Map<String, String> client() throws IOException {
        return BrokerClient.propertiesIn(data("broker")).orElseThrow();
    }

    public CommandProcess get(String name) {
        return members.get(name);
    }

    Path data(String name) {
        return folder.resolve("data-" + name);
    }

    /** @param name a stage's name, with a number behind it where there are several, or {@code broker} */
    public CommandProcess start(String name) throws IOException {
        return start(name, Optional.empty());
    }

    /** @param crashAt the point at which it kills itself */
    CommandProcess start(String name, Optional<String> crashAt) throws IOException {
        CommandProcess node = name.equals("broker")
                ? CommandProcess.broker(folder, port, true)
                : CommandProcess.stage(folder, name.replaceAll("-[0-9]$", ""), name, client(), crashAt);
        members.put(name, node);
        return node;
    }

    /**
     * Starts a stage of another build.
     *
     * @param classPath of that build
     */
    public CommandProcess startFrom(String classPath, String name) throws IOException {
        CommandProcess node = CommandProcess.stage(classPath, folder, name, name, client(), Optional.empty());
        members.put(name, node);
        return node;
    }

    /**
     * Starts a command of another build that connects to the broker.
     *
     * @param classPath of that build
     */
    public CommandProcess commandFrom(String classPath, String line) throws IOException {
        return CommandProcess.startFrom(classPath, folder, CommandProcess.kafka(client()), line);
    }

    void kill(String name) {
        members.get(name).kill();
    }

    @Override
    public void close() {
        for (CommandProcess node : members.values()) {
            node.kill();
        }
    }
}
