package dynoai.ingest.stage;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.PublishedSchemas;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** What the loops of a process share: the ledger, and the schemas of other versions. */
public final class IngestLoops implements Closeable {
    private final KafkaClients kafka;
    private final String node;
    private final boolean publishRows;
    private final Ledger ledger;
    private final PublishedSchemas schemas;
    private final IngestEvents events;

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

    /** Creates the loop of an origin, which the caller starts. */
    public IngestLoop loop(IngestLoop.Origin origin, IngestLoop.WorkFactory work) throws IOException {
        return new IngestLoop(this, origin, work);
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

    PublishedSchemas schemas() {
        return schemas;
    }

    IngestEvents events() {
        return events;
    }

    @Override
    public void close() throws IOException {
        try {
            ledger.close();
        } finally {
            schemas.close();
        }
    }
}
