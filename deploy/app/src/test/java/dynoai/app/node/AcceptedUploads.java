package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.exporter.shelf.FolderShelf;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.upload.UploadEnd;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Accepts logs as an intake does, once they are whole: into the store and on the topic. */
final class AcceptedUploads implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofSeconds(180);

    private final Path folder;
    private final KafkaClients kafka;
    private final FolderStore store;
    private final Uploads uploads;
    private final Producer<String, byte[]> producer;
    private final List<LogAccepted> accepted = new ArrayList<>();

    /** @param folder has the runs in {@code runs}, and receives copies of logs */
    AcceptedUploads(Path folder, FolderStore store, KafkaClients kafka) {
        this.folder = folder;
        this.kafka = kafka;
        this.store = store;
        this.uploads = new Uploads(store.objects());
        this.producer = kafka.producer(Map.of(), Map.of());
    }

    FolderStore store() {
        return store;
    }

    /** Accepts a log; equal seeds make equal bytes. */
    LogAccepted accept(String shop, String runId, long seed) throws Exception {
        byte[] bytes = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), 2000);
        String sha256 = Sha256.hex(bytes);
        Path drafts = Files.createDirectories(store.drafts());
        store.put(Files.write(Files.createTempFile(drafts, ".tmp-test-", ""), bytes), sha256);
        LogAccepted log = new LogAccepted(
                shop,
                runId,
                "cell1",
                "",
                "pull-" + seed + ".csv",
                bytes.length,
                sha256,
                AnalysisOptions.defaults().toTexts(),
                false,
                System.currentTimeMillis());
        producer.send(new ProducerRecord<>(
                        Topics.INTAKE.in(kafka.namespace()),
                        shop,
                        Topics.INTAKE.format().encode(log)))
                .get();
        accepted.add(log);
        return log;
    }

    /** Returns the state of a log: {@code open} while it has not ended. */
    String state(LogAccepted log) {
        try {
            return uploads.end(log.run()).map(UploadEnd::state).orElse("open");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitEnds() {
        await().atMost(MAX_WAIT)
                .until(() -> accepted.stream().noneMatch(log -> state(log).equals("open")));
    }

    /** Until a log is done. */
    void awaitFirst() {
        await().atMost(MAX_WAIT)
                .until(() -> accepted.stream().anyMatch(log -> state(log).equals("done")));
    }

    /** Checks that each log that is done has one run, equal to batch, and that there are no others. */
    void runsAreThoseOfBatch() throws Exception {
        List<LogAccepted> done =
                accepted.stream().filter(log -> state(log).equals("done")).toList();
        FolderShelf shelf = new FolderShelf(folder.resolve("runs"), "test");
        List<RunKey> runs = new ArrayList<>();
        shelf.list(runs::add);
        assertThat(runs)
                .containsExactlyInAnyOrderElementsOf(
                        done.stream().map(LogAccepted::run).toList());
        BatchReference batch = new BatchReference(folder.resolve("batch"));
        for (LogAccepted log : done) {
            Path copy = folder.resolve(log.fileName());
            if (!Files.exists(copy)) {
                Files.copy(store.fetch(log.sha256()), copy);
            }
            batch.assertEqualToBatch(Path.of(shelf.location(log.run())), copy);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
