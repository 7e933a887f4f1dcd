package dynoai.ingest.admit;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.stage.IngestLoop;
import dynoai.ingest.stage.IngestLoops;
import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.stage.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The admission of uploaded logs as a running stage: a member of the groups that share the shops, one for each {@link Lane}. */
public final class AdmitStage implements Stage {
    static final String NAME = "admit";

    private static final String ID_FILE = "admit.id";
    private static final String LEDGER = "admit-ledger";

    /** Another process takes the partitions of a killed one, whose open transaction delays readers until it is aborted. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(45);

    private final IngestLoops lanes;

    private AdmitStage(IngestLoops lanes) {
        this.lanes = lanes;
    }

    /** Joins the groups and starts. */
    public static AdmitStage start(AdmitSettings settings, IngestEvents events) throws IOException {
        Path data = Files.createDirectories(settings.data());
        UUID id = id(data.resolve(ID_FILE));
        AdmitStage stage = new AdmitStage(IngestLoops.open(
                settings.kafka(), settings.node(), settings.publishRows(), data.resolve(LEDGER), events));
        try {
            ShopRegistry shops = ShopRegistry.start(settings.kafka(), events, InstantSource.system());
            stage.lanes.closeAtEnd(shops::close);
            settings.admission().turns().use(shops::limits);
            for (Lane lane : Lane.values()) {
                stage.open(lane, id(id, lane), settings, events);
            }
        } catch (IOException | RuntimeException e) {
            stage.close();
            throw e;
        }
        stage.lanes.start();
        return stage;
    }

    private void open(Lane lane, UUID id, AdmitSettings settings, IngestEvents events) throws IOException {
        IntakeReader reader = IntakeReader.of(settings.kafka(), lane, id.toString(), lanes.schemas(), events);
        lanes.closeAtEnd(reader::close);
        IngestLoop.Origin origin = new IngestLoop.Origin(
                id, "the admission " + id, settings.store(), settings.data(), TRANSACTION_TIMEOUT, reader, true);
        lanes.add(
                origin,
                transport -> new UploadIngest(
                        reader,
                        settings.store(),
                        id,
                        settings.largestLog(),
                        settings.admission(),
                        transport,
                        events,
                        System::nanoTime));
    }

    /** Each lane has a producer, and so an id, of its own. */
    private static UUID id(UUID process, Lane lane) {
        return UUID.nameUUIDFromBytes((process + "/" + lane).getBytes(StandardCharsets.UTF_8));
    }

    /** A restarted process has the same id, so that it ends the transaction that it left open. */
    private static UUID id(Path file) throws IOException {
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException ignored) {
                // The file is damaged. Another id costs no more than the wait for an open transaction.
            }
        }
        UUID id = UUID.randomUUID();
        AtomicFile.write(file, (id + "\n").getBytes(StandardCharsets.UTF_8));
        return id;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String notReadyReason() {
        return lanes.notReadyReason();
    }

    @Override
    public boolean isIdle() {
        return lanes.isIdle();
    }

    @Override
    public Optional<String> failure() {
        return lanes.failure();
    }

    @Override
    public void close() throws IOException {
        lanes.close();
    }
}
