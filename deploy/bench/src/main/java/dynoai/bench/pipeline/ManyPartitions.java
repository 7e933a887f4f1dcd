package dynoai.bench.pipeline;

import dynoai.bench.Target;
import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Measures sending and folding short runs around one broker in this JVM, with more and more partitions. */
final class ManyPartitions {
    private static final double MAX_GROWTH = 1.25;
    private static final short ONE_COPY = 1;

    private final Path work;
    private final EncodedRun run;
    private final int warmUp;
    private final int rounds;
    private final int runs;

    /** @param runs sent in each of the rounds */
    ManyPartitions(Path work, EncodedRun run, int warmUp, int rounds, int runs) {
        this.work = work;
        this.run = run;
        this.warmUp = warmUp;
        this.rounds = rounds;
        this.runs = runs;
    }

    void measure(List<Integer> sizes, PipelineReport report) throws Exception {
        rate(sizes.get(0), "warm-up");
        List<Double> perSecond = new ArrayList<>();
        List<Double> ofRun = new ArrayList<>();
        for (int partitions : sizes) {
            Transport.Rate rate = rate(partitions, "partitions-" + partitions);
            perSecond.add(rate.rows() / run.rows());
            ofRun.add(rate.cpuNanos() * run.rows() / 1e6);
        }
        report.add("partitions", "%s", sizes);
        report.add("partitions, runs of " + run.rows() + " rows a second", perSecond);
        report.add("partitions, processor ms a run", ofRun);
        int last = sizes.size() - 1;
        report.add(Target.atMost(
                "cost of a run with " + sizes.get(last) + " partitions over " + sizes.get(0),
                ofRun.get(last) / ofRun.get(0),
                MAX_GROWTH,
                "×"));
    }

    private Transport.Rate rate(int partitions, String name) throws Exception {
        Path data = work.resolve(name);
        TopicLayout layout = new TopicLayout(partitions, ONE_COPY, true);
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0)) {
            Map<String, Object> client = broker.clientProperties();
            try (Admin admin = Admin.create(client)) {
                new TopicAdmin(admin, layout, Namespace.DEFAULT).create();
            }
            try (BlockStream blocks = BlockStream.start(client, layout, data.resolve("streams"))) {
                return Transport.median(warmUp, rounds, blocks::rate, run, runs);
            }
        } finally {
            DiskUse.delete(data);
        }
    }
}
