package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.app.node.Programs;
import dynoai.broker.BrokerClient;
import dynoai.broker.TestTopics;
import dynoai.dashboard.http.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node and a context server in processes of their own, and the folders around them. */
final class NodeUnderAttack implements AutoCloseable {
    static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private static final Pattern HEALTH_PORT = Pattern.compile("health and metrics on port (\\d+)");
    private static final Pattern CONTEXT_PORT = Pattern.compile("context server at 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final Surroundings folders;
    private final List<String> before;
    private final HealthyShop shop;
    private final CommandProcess context;
    private final int contextPort;
    private final List<RawClient> held = new ArrayList<>();
    private CommandProcess process;
    private TestTopics topics;

    private NodeUnderAttack(Surroundings folders, Path own, List<String> before) throws Exception {
        this.folders = folders;
        this.before = before;
        this.shop = new HealthyShop(folders, own);
        this.context = CommandProcess.start(
                Files.createDirectories(own.resolve("context")), Map.of(), "context", "serve", "--port", "0");
        this.contextPort = context.awaitPort(CONTEXT_PORT);
        this.process = up();
        this.topics = connect();
    }

    /**
     * Starts the processes and waits until they are ready.
     *
     * @param own a folder outside the surroundings
     * @param before a program that starts the node, with its arguments; empty for none
     */
    static NodeUnderAttack start(Surroundings folders, Path own, List<String> before) throws Exception {
        return new NodeUnderAttack(folders, own, before);
    }

    private CommandProcess up() throws Exception {
        CommandProcess node = CommandProcess.up(folders.home(), before);
        node.awaitReady();
        return node;
    }

    private TestTopics connect() throws IOException {
        Map<String, Object> client =
                new HashMap<>(BrokerClient.propertiesIn(folders.data()).orElseThrow());
        return new TestTopics(client);
    }

    /** Kills the node and starts it again. */
    void restart() throws Exception {
        topics.close();
        process.kill();
        process = up();
        topics = connect();
    }

    Surroundings folders() {
        return folders;
    }

    HealthyShop shop() {
        return shop;
    }

    CommandProcess process() {
        return process;
    }

    TestTopics topics() {
        return topics;
    }

    int pagePort() throws IOException {
        String address = process.awaitReady();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    int healthPort() throws IOException {
        return process.awaitPort(HEALTH_PORT);
    }

    int contextPort() {
        return contextPort;
    }

    /** Keeps something open until {@link #release}. */
    void hold(RawClient open) {
        held.add(open);
    }

    void release() throws IOException {
        for (RawClient open : held) {
            open.close();
        }
        held.clear();
    }

    /** Waits until the node says that it is ready, on both ports. */
    void awaitHealthy() {
        await().atMost(MAX_WAIT).untilAsserted(() -> {
            assertThat(process.isAlive()).as(process.said()).isTrue();
            for (int port : List.of(pagePort(), healthPort())) {
                String answer = RawClient.answer(port, "GET /health/ready" + END);
                assertThat(answer).startsWith("HTTP/1.1 200 ");
            }
        });
    }

    void assertContextServerRuns() {
        assertThat(context.isAlive()).isTrue();
    }

    /** Returns the bytes of live objects of node and context server, after a collection. */
    long liveBytes() throws Exception {
        return liveBytes(process) + liveBytes(context);
    }

    private long liveBytes(CommandProcess of) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram =
                Programs.run(folders.home(), new byte[0], List.of(jcmd, Long.toString(of.pid()), "GC.class_histogram"));
        Matcher total = LIVE_BYTES.matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        return Long.parseLong(total.group(1));
    }

    /** Writes a file of the drop folder as a whole: under another name first. */
    void drop(String name, byte[] bytes) throws IOException {
        Path file = folders.drop().resolve(name);
        Files.createDirectories(file.getParent());
        Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), bytes);
        Files.move(part, file);
    }

    void drop(String name, String text) throws IOException {
        drop(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        release();
        topics.close();
        process.kill();
        context.kill();
    }
}
