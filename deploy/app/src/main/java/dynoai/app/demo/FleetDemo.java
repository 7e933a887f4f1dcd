package dynoai.app.demo;

import dynoai.agent.AgentSettings;
import dynoai.agent.http.IntakeAddress;
import dynoai.app.access.ShopTopic;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.demo.DemoLogs.DemoLog;
import dynoai.app.intake.SelfSignedCertificate;
import dynoai.exporter.shelf.RunShelf;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.intake.Intake;
import dynoai.intake.IntakeSettings;
import dynoai.intake.event.IntakeEvents;
import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TlsFiles;
import dynoai.schemas.access.Role;
import dynoai.schemas.access.Token;
import dynoai.schemas.file.SecretFile;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An intake on loopback TLS and the agents of three shops, next to a running pipeline that admits uploads. The line of one shop is
 * cut in the middle of a log.
 */
public final class FleetDemo implements AutoCloseable {
    private static final List<String> SHOPS = List.of("north", "harbour", "south");
    private static final Duration TOKEN_VALIDITY = Duration.ofDays(1);
    private static final long POLL_MILLIS = 200;
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(180);

    /** Rows of a log of some megabytes, which is uploaded in parts. */
    private static final int LARGE_ROWS = 60_000;

    private static final int ROWS = 10_000;
    private static final long CUT_AFTER_BYTES = 2_000_000;

    private final Console console;
    private final Path folder;
    private final KafkaClients kafka;
    private final SelfSignedCertificate certificate;
    private final Intake intake;
    private final CuttingProxy line;
    private final List<ShopAgent> agents = new ArrayList<>();

    private FleetDemo(
            Console console, Path folder, KafkaClients kafka, SelfSignedCertificate certificate, Intake intake)
            throws IOException {
        this.console = console;
        this.folder = folder;
        this.kafka = kafka;
        this.certificate = certificate;
        this.intake = intake;
        this.line = CuttingProxy.start(
                intake.port(), CUT_AFTER_BYTES, 1, () -> agents.get(0).lineCut());
    }

    /**
     * Starts the intake and the agents.
     *
     * @param folder has the certificate and the shops' folders
     * @param store that of the pipeline
     * @param shelf that of the pipeline
     */
    public static FleetDemo start(Console console, Path folder, KafkaClients kafka, ContentStore store, RunShelf shelf)
            throws IOException, InterruptedException, CommandException, KafkaUnavailableException {
        SelfSignedCertificate certificate =
                SelfSignedCertificate.in(folder.resolve("tls"), List.of("localhost", "127.0.0.1"));
        IntakeSettings settings = new IntakeSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new TlsFiles(certificate.certificate(), certificate.key(), Optional.empty())),
                store,
                shelf,
                HttpLimits.DEFAULT);
        Intake intake = Intake.start(settings, kafka, new IntakeEvents() {});
        FleetDemo demo = new FleetDemo(console, folder, kafka, certificate, intake);
        try {
            demo.open();
            return demo;
        } catch (IOException | InterruptedException | KafkaUnavailableException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private void open() throws IOException, InterruptedException, KafkaUnavailableException {
        console.message("intake   https://localhost:" + intake.port() + ", with a certificate for loopback alone");
        for (String shop : SHOPS) {
            int port = shop.equals(SHOPS.get(0)) ? line.port() : intake.port();
            agents.add(new ShopAgent(shop, settings(shop, port, token(shop)), console));
        }
        console.message("agents   of " + String.join(", ", SHOPS) + " watch " + folder.resolve("SHOP/drop"));
    }

    /** Makes a token of a shop and returns the file that has it. */
    private Path token(String shop) throws IOException, InterruptedException, KafkaUnavailableException {
        Token token = Token.fresh();
        long now = System.currentTimeMillis();
        new ShopTopic(kafka)
                .write(List.of(new ShopEntry.Credential(
                        token.id(),
                        token.secretSha256(),
                        shop,
                        List.of(Role.DROP.key(), Role.READ.key()),
                        now,
                        now + TOKEN_VALIDITY.toMillis(),
                        false)));
        Path file = folder.resolve(shop).resolve("token");
        Files.deleteIfExists(file);
        SecretFile.create(file, token.text());
        return file;
    }

    private AgentSettings settings(String shop, int port, Path token) throws IOException {
        Path own = folder.resolve(shop);
        Path drop = Files.createDirectories(own.resolve("drop"));
        Path data = own.resolve("data");
        FolderSettings logs = FolderSettings.of(drop, new FolderStore(data.resolve("logs")))
                .layout(DropLayout.CELLS)
                .takeExisting(true);
        return new AgentSettings(
                IntakeAddress.parse("https://localhost:" + port),
                shop + "-pc",
                token,
                Optional.of(certificate.certificate()),
                logs,
                data,
                own.resolve("results"),
                0,
                AgentSettings.Timing.DEFAULT);
    }

    /** Drops logs at the shops and prints how they end. Returns false if Ctrl-C interrupts it. */
    public boolean show(StopSignal stop) throws IOException, InterruptedException, CommandException {
        long seed = Instant.now().getEpochSecond();
        for (int i = 0; i < agents.size(); i++) {
            List<DemoLog> logs = DemoLogs.of("cell-1", seed + i);
            ShopAgent agent = agents.get(i);
            agent.drop(logs.get(i), i == 0 ? LARGE_ROWS : ROWS);
            agent.drop(logs.get(i == 2 ? 3 : i + 1), ROWS);
        }
        long until = System.nanoTime() + MAX_WAIT_NANOS;
        while (!agents.stream().allMatch(ShopAgent::hasEnded)) {
            if (stop.await(POLL_MILLIS)) {
                return false;
            }
            if (System.nanoTime() > until) {
                throw new CommandException(
                        ExitCode.OTHER, "not all logs have ended; see the agents' folders in " + folder);
            }
        }
        print();
        return true;
    }

    private void print() {
        console.println("");
        console.println(String.format(
                Locale.ROOT, "%-8s %-30s %-26s %10s %10s %8s", "shop", "log", "end", "bytes", "resumed at", "seconds"));
        for (ShopAgent agent : agents) {
            for (ShopAgent.Row row : agent.rows()) {
                console.println(String.format(
                        Locale.ROOT,
                        "%-8s %-30s %-26s %,10d %10s %8.1f",
                        row.shop(),
                        row.log(),
                        row.end(),
                        row.size(),
                        row.resumedAt() < 0 ? "" : String.format(Locale.ROOT, "%,d", row.resumedAt()),
                        row.seconds()));
                if (!row.where().isEmpty()) {
                    console.println("         maps in " + row.where());
                }
            }
        }
        console.out().flush();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        List<AutoCloseable> parts = new ArrayList<>(agents);
        parts.add(line);
        parts.add(intake);
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                failure = failure == null ? new IOException(e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
