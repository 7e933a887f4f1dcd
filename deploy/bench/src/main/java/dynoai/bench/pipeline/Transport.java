package dynoai.bench.pipeline;

import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.kafka.Namespace;
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
 * Measures transport and fold without files, around one embedded broker in this JVM: our topology, the same bytes without
 * processing, and one record per row, in turn.
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
     * @param rows rows per second
     * @param cpuNanos CPU time per row of all threads of this JVM, including the broker
     */
    record Rate(double rows, double cpuNanos) {}

    /** One of the compared ways. */
    @FunctionalInterface
    interface Way {
        double rate(EncodedRun run, int runs) throws Exception;
    }

    /** The results of one way, round by round. */
    private static final class Rounds {
        private final double[] rates;
        private final double[] cpuNanos;

        Rounds(int rounds) {
            rates = new double[rounds];
            cpuNanos = new double[rounds];
        }

        /** Runs a round; negative rounds are warm-up and do not count. */
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
        this.client = broker.clientProperties();
    }

    static Transport start(Path data) throws Exception {
        Transport transport = new Transport(data, EmbeddedBroker.start(data.resolve("broker"), 0));
        try (Admin admin = Admin.create(transport.client)) {
            new TopicAdmin(admin, transport.layout, Namespace.DEFAULT).create();
            List<NewTopic> topics = new ArrayList<>();
            for (String name : List.of(RawTransport.TOPIC, RowTopology.ROWS, RowTopology.WINDOWS)) {
                topics.add(new NewTopic(name, Optional.of(transport.layout.partitions()), Optional.of(ONE_COPY)));
            }
            admin.createTopics(topics).all().get();
        }
        return transport;
    }

    /**
     * @param warmUp rounds that are not counted
     * @param rowRuns runs per round of the row topology, which is slower
     */
    Rates measure(EncodedRun run, int warmUp, int rounds, int runs, int rowRuns) throws Exception {
        Rounds stream = new Rounds(rounds);
        Rounds raw = new Rounds(rounds);
        Rounds rows = new Rounds(rounds);
        try (BlockStream blocks = BlockStream.start(client, layout, data.resolve("streams"));
                RawTransport bytes = new RawTransport(client);
                RowTopology comparison = RowTopology.start(client, data.resolve("row-streams"))) {
            for (int round = -warmUp; round < rounds; round++) {
                stream.make(round, blocks::rate, run, runs);
                raw.make(round, bytes::rate, run, runs);
                rows.make(round, comparison::rate, run, rowRuns);
            }
        }
        return new Rates(stream.median(), raw.median(), rows.median());
    }

    /**
     * Measures one way alone.
     *
     * @param warmUp rounds that are not counted
     */
    static Rate median(int warmUp, int rounds, Way way, EncodedRun run, int runs) throws Exception {
        Rounds measured = new Rounds(rounds);
        for (int round = -warmUp; round < rounds; round++) {
            measured.make(round, way, run, runs);
        }
        return measured.median();
    }

    @Override
    public void close() {
        broker.close();
    }
}
