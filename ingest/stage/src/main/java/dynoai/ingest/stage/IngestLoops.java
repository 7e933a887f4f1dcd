package dynoai.ingest.stage;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.wire.WriterSchemas;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The loops of a stage, one for each origin, with what they share: the ledger, and the schemas of other versions. */
public final class IngestLoops implements Closeable {
    private final KafkaClients kafka;
    private final String node;
    private final boolean publishRows;
    private final Ledger ledger;
    private final PublishedSchemas schemas;
    private final IngestEvents events;
    private final List<IngestLoop> loops = new ArrayList<>();
    private final List<Closeable> inputs = new ArrayList<>();

    private IngestLoops(
            KafkaClients kafka,
            String node,
            boolean publishRows,
            Ledger ledger,
            PublishedSchemas schemas,
            IngestEvents events) {
        this.kafka = kafka;
        this.node = node;
        this.publishRows = publishRows;
        this.ledger = ledger;
        this.schemas = schemas;
        this.events = events;
    }

    /**
     * @param node name of this process among the owners of an origin
     * @param publishRows whether every row is also published as a record of its own
     * @param ledger folder of the ledger's cache, of these loops alone
     */
    public static IngestLoops open(
            KafkaClients kafka, String node, boolean publishRows, Path ledger, IngestEvents events) throws IOException {
        PublishedSchemas schemas = new PublishedSchemas(kafka);
        Ledger opened = Ledger.open(ledger, () -> LedgerReader.open(kafka), schemas, events);
        return new IngestLoops(kafka, node, publishRows, opened, schemas, events);
    }

    /** Adds the loop of an origin. */
    public void add(IngestLoop.Origin origin, IngestLoop.WorkFactory work) throws IOException {
        loops.add(new IngestLoop(this, origin, work));
    }

    /** Closes what a loop reads from, after the loops have stopped. */
    public void closeAtEnd(Closeable input) {
        inputs.add(input);
    }

    /** Starts all loops. */
    public void start() {
        loops.forEach(IngestLoop::start);
    }

    /** Why logs of an origin are not sent; empty while those of all are. */
    public String notReadyReason() {
        return loops.stream()
                .map(IngestLoop::notReadyReason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether every log of every origin is archived or left alone. */
    public boolean isIdle() {
        return loops.stream().allMatch(IngestLoop::isIdle);
    }

    /** Why the loop of an origin ended by itself; empty while all run. */
    public Optional<String> failure() {
        return loops.stream().flatMap(loop -> loop.failure().stream()).findFirst();
    }

    KafkaClients kafka() {
        return kafka;
    }

    String node() {
        return node;
    }

    boolean publishRows() {
        return publishRows;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The schemas of records that other versions wrote. */
    public WriterSchemas schemas() {
        return schemas;
    }

    IngestEvents events() {
        return events;
    }

    /** Stops the loops together, and then closes what they read from and what they share. */
    @Override
    public void close() throws IOException {
        loops.forEach(IngestLoop::requestStop);
        List<Closeable> parts = new ArrayList<>(loops);
        parts.addAll(inputs);
        parts.add(ledger);
        parts.add(schemas::close);
        IOException failure = null;
        for (Closeable part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
