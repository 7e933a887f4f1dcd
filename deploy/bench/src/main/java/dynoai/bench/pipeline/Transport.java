package dynoai.bench.pipeline;

import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.nio.file.Path;
import java.time.Duration;
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

    /** Medians of the rounds. */
    record Rates(Rate stream, Rate raw, Rate rows) {}

    /**
     * @param rows a second
     * @param cpuNanos of all threads of this JVM for a row, the broker's among them
     */
    record Rate(double rows, double cpuNanos) {}

    /** One of the ways that take turns. */
    private interface Way {
        double rate(EncodedRun run, int runs) throws Exception;
    }

    /** What each round of one way gave. */
    private static final class Rounds {
        private final double[] rates;
        private final double[] cpuNanos;

        Rounds(int rounds) {
            rates = new double[rounds];
            cpuNanos = new double[rounds];
        }

        /** Makes a round, which counts unless it is one of those before the first. */
        void make(int round, Way way, EncodedRun run, int runs) throws Exception {
            long before = cpu();
            double rate = way.rate(run, runs);
            if (round >= 0) {
                rates[round] = rate;
                cpuNanos[round] = (cpu() - before) / (double) (run.rows() * runs);
            }
        }

        Rate median() {
            return new Rate(FileToFolder.median(rates), FileToFolder.median(cpuNanos));
        }

        private static long cpu() {
            return ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .toNanos();
        }
    }

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
        Rounds stream = new Rounds(rounds);
        Rounds raw = new Rounds(rounds);
        Rounds rows = new Rounds(rounds);
        try (BlockStream blocks = BlockStream.start(client, layout, data.resolve("streams"));
                RawTransport bytes = new RawTransport(client);
                RowTopology yardstick = RowTopology.start(client, data.resolve("row-streams"))) {
            for (int round = -warmUp; round < rounds; round++) {
                stream.make(round, blocks::rate, run, runs);
                raw.make(round, bytes::rate, run, runs);
                rows.make(round, yardstick::rate, run, rowRuns);
            }
        }
        return new Rates(stream.median(), raw.median(), rows.median());
    }

    @Override
    public void close() {
        broker.close();
    }
}
