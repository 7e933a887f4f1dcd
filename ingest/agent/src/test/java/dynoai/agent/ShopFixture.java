package dynoai.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.agent.http.IntakeAddress;
import dynoai.ingest.folder.DropReport;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.ShopTurns;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An agent at a shop, with its folders. */
final class ShopFixture implements AutoCloseable {
    private static final Duration AT_MOST = Duration.ofSeconds(120);

    final Path drop;
    final Path results;
    final Path data;
    final List<String> problems = new CopyOnWriteArrayList<>();
    final List<Long> progress = new CopyOnWriteArrayList<>();
    private final Path token;
    private IntakeAddress intake;
    private Agent agent;

    ShopFixture(Path parent, IntakeAddress intake) throws IOException {
        this.drop = Files.createDirectories(parent.resolve("drop"));
        this.results = parent.resolve("results");
        this.data = parent.resolve("data");
        this.token = Files.writeString(parent.resolve("token"), FakeIntake.TOKEN + "\n");
        this.intake = intake;
    }

    AgentSettings settings() {
        FolderSettings folder = FolderSettings.of(drop, new FolderStore(data.resolve("store")))
                .layout(DropLayout.CELLS)
                .settle(Duration.ofMillis(10))
                .poll(Duration.ofMillis(20))
                .takeExisting(true)
                .admission(new Admission(ShopTurns.Limits.of(256, Long.MAX_VALUE)));
        AgentSettings.Timing timing =
                new AgentSettings.Timing(Duration.ofMillis(100), Duration.ofMillis(5), Duration.ofMillis(50));
        return new AgentSettings(intake, "dyno-pc", token, Optional.empty(), folder, data, results, 0, timing);
    }

    ShopFixture start() throws IOException {
        agent = Agent.start(settings(), new AgentEvents() {
            @Override
            public void disconnected(String why) {
                problems.add(why);
            }

            @Override
            public void transientFailure(String where, Exception cause) {
                problems.add(where + ": " + cause);
            }

            @Override
            public void warning(String where, String message) {
                problems.add(where + ": " + message);
            }

            @Override
            public void failed(String stage, Throwable bug) {
                problems.add("bug: " + bug);
            }

            @Override
            public void uploadProgress(Claim claim, long bytes) {
                progress.add(bytes);
            }
        });
        return this;
    }

    Agent agent() {
        return agent;
    }

    void writeToken(String text) throws IOException {
        Files.writeString(token, text);
    }

    /** Writes a log of this number of rows, which differ from those of other numbers. */
    Path dropLog(String name, int number, int rows) throws IOException {
        Path log = drop.resolve(name);
        Files.createDirectories(log.getParent());
        Path hidden = log.resolveSibling("." + log.getFileName() + ".part");
        Files.writeString(hidden, log(number, rows));
        return Files.move(hidden, log);
    }

    static String log(int number, int rows) {
        StringBuilder text = new StringBuilder("Engine RPM,MAP kPa,Torque,AFR Meas F,AFR Meas R,AFR Target F\n");
        for (int row = 0; row < rows; row++) {
            text.append(2000 + row % 3000)
                    .append(',')
                    .append(60 + number % 30)
                    .append(",80,13.")
                    .append(number % 10)
                    .append(",13.1,13.0\n");
        }
        return text.toString();
    }

    void dropBadLog(String name) throws IOException {
        Files.writeString(drop.resolve(name), "time,speed\n1,2\n3,4\n");
    }

    /** Waits until every log is archived. */
    void awaitArchived(int logs) {
        Awaitility.await().atMost(AT_MOST).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            List<DropReport.Entry> entries = report().entries();
            assertThat(entries)
                    .as("problems: %s", problems)
                    .filteredOn(entry -> entry.state().isEnd())
                    .hasSize(logs);
            assertThat(entries).hasSize(logs);
        });
    }

    void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(AT_MOST).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
    }

    DropReport report() throws IOException {
        return DropReport.of(drop, DropLayout.CELLS, ClaimKey.find(new FolderStore(data.resolve("store"))));
    }

    List<String> in(DropReport.State state) throws IOException {
        return report().in(state).stream().map(DropReport.Entry::file).sorted().toList();
    }

    /** Checks that the folder of each finished run has the files that the intake serves, and that there is nothing else. */
    void checkResults(FakeIntake served) throws IOException {
        List<DropReport.Entry> done = report().in(DropReport.State.DONE);
        for (DropReport.Entry entry : done) {
            Path folder = results.resolve(entry.file()).resolveSibling(entry.runId());
            Map<String, byte[]> files = served.files(entry.runId());
            try (Stream<Path> written = Files.list(folder)) {
                assertThat(written.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrderElementsOf(files.keySet());
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                assertThat(folder.resolve(file.getKey())).hasBinaryContent(file.getValue());
            }
        }
        try (Stream<Path> all = Files.walk(results)) {
            assertThat(all.filter(path -> path.endsWith("manifest.json"))).hasSize(done.size());
        }
    }

    String reason(String log) throws IOException {
        try (Stream<Path> all = Files.walk(drop)) {
            Path folder = all.filter(path -> path.getFileName().toString().equals(log) && Files.isRegularFile(path))
                    .findFirst()
                    .orElseThrow()
                    .getParent();
            return Files.readString(folder.resolve("reason.json"), StandardCharsets.UTF_8);
        }
    }

    /** The logs that the agent keeps in its own folder. */
    List<Path> stored() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("store"))) {
            return all.filter(path -> path.getFileName().toString().length() == 64 && Files.isRegularFile(path))
                    .toList();
        }
    }

    void moveTo(IntakeAddress other) {
        intake = other;
    }

    void restart() throws IOException {
        close();
        start();
    }

    @Override
    public void close() throws IOException {
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }
}
