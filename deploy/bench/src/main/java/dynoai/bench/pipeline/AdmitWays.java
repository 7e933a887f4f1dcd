package dynoai.bench.pipeline;

import dynoai.broker.EmbeddedBroker;
import dynoai.engine.sample.SampleProfile;
import java.nio.file.Path;
import java.util.Map;

/** Compares two homes of the admission: a plain consumer with a transaction for each log, and Kafka Streams. */
final class AdmitWays {
    private static final int SHORT_ROWS = 500;

    private final Path work;
    private final PipelineOptions.Size size;

    AdmitWays(Path work, PipelineOptions.Size size) {
        this.work = work;
        this.size = size;
    }

    void measure(PipelineReport report) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), 0)) {
            Map<String, Object> client = broker.clientProperties();
            try (Admission consumer = new ConsumerAdmission(client);
                    Admission streams = new StreamsAdmission(client, work.resolve("streams"))) {
                for (int rows : new int[] {SHORT_ROWS, size.rows()}) {
                    compare(EncodedRun.ofSample(SampleProfile.Flavour.WINPEP, rows), consumer, streams, report);
                }
            }
        } finally {
            DiskUse.delete(work);
        }
    }

    private void compare(EncodedRun run, Admission consumer, Admission streams, PipelineReport report)
            throws Exception {
        Transport.Rate plain = Transport.median(2, size.rounds(), consumer, run, size.runsOfEach());
        Transport.Rate stream = Transport.median(2, size.rounds(), streams, run, size.runsOfEach());
        report.add(
                "admit, logs of " + run.rows() + " rows a second: consumer; Kafka Streams",
                "%.0f; %.0f",
                plain.rows() / run.rows(),
                stream.rows() / run.rows());
        report.add(
                "admit, processor ms a log of " + run.rows() + " rows: consumer; Kafka Streams",
                "%.2f; %.2f",
                plain.cpuNanos() * run.rows() / 1e6,
                stream.cpuNanos() * run.rows() / 1e6);
    }
}
