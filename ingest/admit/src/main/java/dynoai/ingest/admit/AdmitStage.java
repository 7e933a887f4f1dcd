package dynoai.ingest.admit;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.stage.IngestLoop;
import dynoai.ingest.stage.IngestLoops;
import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.PublishedSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The admission of uploaded logs as a running stage: a member of the groups that share the shops, one for each {@link Lane}. */
public final class AdmitStage implements Stage {
    static final String NAME = "admit";

    private static final String ID_FILE = "admit.id";
    private static final String LEDGER = "admit-ledger";

    /** Another process takes the partitions of a killed one, whose open transaction delays readers until it is aborted. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(45);

    private final IngestLoops shared;
    private final PublishedSchemas schemas;
    private final ShopRegistry shops;
    private final List<IntakeReader> readers = new ArrayList<>();
    private final List<IngestLoop> loops = new ArrayList<>();

    private AdmitStage(AdmitSettings settings, IngestLoops shared, IngestEvents events) {
        this.shared = shared;
        this.schemas = new PublishedSchemas(settings.kafka());
        this.shops = ShopRegistry.start(settings.kafka(), events, InstantSource.system());
    }

    /** Joins the groups and starts. */
    public static AdmitStage start(AdmitSettings settings, IngestEvents events) throws IOException {
        Path data = Files.createDirectories(settings.data());
        UUID id = id(data.resolve(ID_FILE));
        IngestLoops shared = IngestLoops.open(
                settings.kafka(), settings.node(), settings.publishRows(), data.resolve(LEDGER), events);
        AdmitStage stage = new AdmitStage(settings, shared, events);
        try {
            settings.admission().turns().use(stage.shops::limits);
            for (Lane lane : Lane.values()) {
                stage.open(lane, id(id, lane), settings, events);
            }
        } catch (IOException | RuntimeException e) {
            stage.close();
            throw e;
        }
        stage.loops.forEach(IngestLoop::start);
        return stage;
    }

    private void open(Lane lane, UUID id, AdmitSettings settings, IngestEvents events) throws IOException {
        IntakeReader reader = IntakeReader.of(settings.kafka(), lane, id.toString(), schemas, events);
        readers.add(reader);
        IngestLoop.Origin origin = new IngestLoop.Origin(
                id, "the admission " + id, settings.store(), settings.data(), TRANSACTION_TIMEOUT, reader);
        loops.add(shared.loop(
                origin,
                transport -> new UploadIngest(
                        reader,
                        settings.store(),
                        id,
                        settings.largestLog(),
                        settings.admission(),
                        transport,
                        events,
                        System::nanoTime)));
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
        return loops.stream()
                .map(IngestLoop::notReadyReason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public boolean isIdle() {
        return loops.stream().allMatch(IngestLoop::isIdle);
    }

    @Override
    public Optional<String> failure() {
        return loops.stream().flatMap(loop -> loop.failure().stream()).findFirst();
    }

    @Override
    public void close() throws IOException {
        loops.forEach(IngestLoop::requestStop);
        try {
            for (IngestLoop loop : loops) {
                loop.close();
            }
        } finally {
            readers.forEach(IntakeReader::close);
            shops.close();
            schemas.close();
            shared.close();
        }
    }
}
