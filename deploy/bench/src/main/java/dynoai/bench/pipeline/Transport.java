package dynoai.bench.pipeline;

import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Transport and folding without files, in this JVM around one embedded broker: our stream, the same bytes moved and nothing
 * done with them, and one record a row. They take turns, so that a machine that slows down slows all of them.
 */
final class Transport implements AutoCloseable {
    private static final short ONE_COPY = 1;

    private final Path data;
    private final EmbeddedBroker broker;
    private final Map<String, Object> client;
    private final TopicLayout layout = TopicLayout.ofEmbeddedBroker();

    /** Rows a second, medians of the rounds. */
    record Rates(double stream, double raw, double rows) {}

    private Transport(Path data, EmbeddedBroker broker) {
        this.data = data;
        this.broker = broker;
        this.client = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    static Transport start(Path data) throws Exception {
        Transport transport = new Transport(data, EmbeddedBroker.start(data.resolve("broker"), 0));
        try (Admin admin = Admin.create(transport.client)) {
            new TopicAdmin(admin, transport.layout).create();
            List<NewTopic> topics = new ArrayList<>();
            for (String name : List.of(RawTransport.TOPIC, RowTopology.ROWS, RowTopology.WINDOWS)) {
                topics.add(new NewTopic(name, Optional.of(transport.layout.partitions()), Optional.of(ONE_COPY)));
            }
            admin.createTopics(topics).all().get();
        }
        return transport;
    }

    /**
     * Some rounds more are made first and not counted: Kafka is much code to compile.
     *
     * @param warmUp rounds that are not counted
     * @param rowRuns of how many runs every row is a record; these take longer
     */
    Rates measure(EncodedRun run, int warmUp, int rounds, int runs, int rowRuns) throws Exception {
        double[] stream = new double[rounds];
        double[] raw = new double[rounds];
        double[] rows = new double[rounds];
        try (BlockStream blocks = BlockStream.start(client, layout, data.resolve("streams"));
                RawTransport bytes = new RawTransport(client);
                RowTopology yardstick = RowTopology.start(client, data.resolve("row-streams"))) {
            for (int round = -warmUp; round < rounds; round++) {
                double ofStream = blocks.rate(run, runs);
                double ofRaw = bytes.rate(run, runs);
                double ofRows = yardstick.rate(run, rowRuns);
                if (round >= 0) {
                    stream[round] = ofStream;
                    raw[round] = ofRaw;
                    rows[round] = ofRows;
                }
            }
        }
        return new Rates(FileToFolder.median(stream), FileToFolder.median(raw), FileToFolder.median(rows));
    }

    @Override
    public void close() {
        broker.close();
    }
}
