package dynoai.app.agent;

import dynoai.agent.AgentSettings;
import dynoai.agent.http.IntakeAddress;
import dynoai.app.CommandProcess;
import dynoai.app.access.ShopTopic;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.access.Role;
import dynoai.schemas.access.Token;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The computer next to a dyno: the folders of its agent, a token of its shop, and {@code dynoai agent} as a process. */
public final class DynoPc {
    private final Path folder;
    private final Optional<Path> authority;

    private DynoPc(Path folder, Optional<Path> authority) {
        this.folder = folder;
        this.authority = authority;
    }

    /**
     * Makes a token and returns the computer.
     *
     * @param folder has {@code drop}, {@code results} and {@code data}
     * @param authority PEM file of the authority of the intake's certificate; empty for plain HTTP
     */
    public static DynoPc of(Path folder, String shop, KafkaClients kafka, Optional<Path> authority) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("token"), token(shop, kafka));
        return new DynoPc(folder, authority);
    }

    /** Makes a token of a shop. */
    public static String token(String shop, KafkaClients kafka) throws Exception {
        Token token = Token.fresh();
        List<String> roles = List.of(Role.DROP.key(), Role.READ.key());
        new ShopTopic(kafka)
                .write(List.of(new ShopEntry.Credential(
                        token.id(), token.secretSha256(), shop, roles, 0, Long.MAX_VALUE, false)));
        return token.text();
    }

    /** Starts the agent as a process. */
    public CommandProcess start(String intake, Map<String, String> environment) throws IOException {
        List<String> line = new ArrayList<>(List.of("agent", "--to", intake, "--token-file", "token"));
        line.addAll(List.of("--drop", "drop", "--results", "results", "--data", "data", "--name", "dyno-pc"));
        line.addAll(List.of("--settle", "0.2", "--poll", "0.2", "--take-existing"));
        authority.ifPresent(file -> line.addAll(List.of("--ca", file.toString())));
        return CommandProcess.start(folder, environment, line.toArray(String[]::new));
    }

    /** Returns settings of an agent in this process that tries often. */
    public AgentSettings settings(String intake, Clock clock) {
        Path data = folder.resolve("data");
        return new AgentSettings(
                IntakeAddress.parse(intake),
                "dyno-pc",
                folder.resolve("token"),
                authority,
                FolderSettings.of(folder.resolve("drop"), new FolderStore(data.resolve("store")))
                        .layout(DropLayout.CELLS)
                        .settle(Duration.ofMillis(200))
                        .poll(Duration.ofMillis(200))
                        .takeExisting(true)
                        .clock(clock),
                data,
                folder.resolve("results"),
                0,
                new AgentSettings.Timing(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(1)));
    }
}
