package dynoai.exporter.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dynoai.exporter.SampleRun;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.shelf.FolderShelf;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.HmacKey;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A folder of runs and a store with one log, and analysis outcomes of that log. */
final class ExportFixture {
    static final String RUN = "2026-03-04T05-06-07Z-0a1b2c";
    static final byte[] LOG = "rpm,map,torque\n3000,80,70\n".getBytes(UTF_8);
    static final byte[] LOG_NOT_IN_STORE = "rpm,map,torque\n1,2,3\n".getBytes(UTF_8);

    static final String STORE_ID = "c4a3a8a5-8e42-4f7b-a1f6-5f5b54b8a0a1";
    private static final String SECRET = "0123456789abcdef";
    static final RunSigner SIGNER = new RunSigner(new HmacKey(SECRET), STORE_ID);

    final Path runs;
    final Path store;
    final FolderStore content;

    ExportFixture(Path temp) throws IOException {
        runs = Files.createDirectory(temp.resolve("runs"));
        store = Files.createDirectory(temp.resolve("store"));
        Path log = ContentPath.of(store, Sha256.hex(LOG));
        Files.createDirectories(log.getParent());
        Files.write(log, LOG);
        content = new FolderStore(store);
        content.create(ContentStore.Text.KEY, SECRET);
        content.create(ContentStore.Text.ID, STORE_ID);
    }

    ExporterSettings settings(boolean remoteIngest) {
        return new ExporterSettings(
                new FolderShelf(runs, "test"),
                content,
                new KafkaClients(Map.of(), Namespace.DEFAULT),
                "test",
                2,
                remoteIngest);
    }

    RunDelivery delivery(ExporterEvents events) throws IOException {
        return delivery(events, false);
    }

    RunDelivery delivery(ExporterEvents events, boolean remoteIngest) throws IOException {
        ExporterSettings settings = settings(remoteIngest);
        settings.runs().sweep();
        return new RunDelivery(settings, events, Clock.systemUTC());
    }

    Path folder() {
        return runs.resolve(RUN);
    }

    Manifest manifest() throws IOException {
        return ManifestReader.read(folder());
    }

    static RunOutcome.Completed completed() throws Exception {
        return completed("local", LOG, Map.of(), 1);
    }

    static RunOutcome.Completed completed(String shop, byte[] log, Map<String, String> options, int attempt)
            throws Exception {
        return completed(new RunKey(shop, RUN), log, AnalysisOptions.of(options).toTexts(), attempt);
    }

    static RunOutcome.Completed completed(RunKey key, byte[] log, Map<String, String> options, int attempt) {
        return new RunOutcome.Completed(key, attempt, SIGNER.sign(started(key, log, options), attempt), grids());
    }

    /** Copies an outcome with the id of another run, as a program may that can write to the topic. */
    static RunOutcome.Completed underAnotherId(RunOutcome.Completed other, String shop, String runId) {
        RunStarted renamed = renamed(other.started(), shop, runId);
        return new RunOutcome.Completed(new RunKey(shop, runId), other.attempt(), renamed, other.grids());
    }

    static RunStarted renamed(RunStarted started, String shop, String runId) {
        return new RunStarted(
                runId,
                shop,
                started.cell(),
                started.fileName(),
                started.originalPath(),
                started.sha256(),
                started.sizeBytes(),
                started.description(),
                started.options(),
                started.optionFiles(),
                started.ingestedAtMillis(),
                started.signature(),
                started.storeId());
    }

    /** Copies a start as the ingest of another store, or of an earlier version, sends it. */
    static RunStarted sentFrom(String storeId, RunStarted started) {
        return new RunStarted(
                started.runId(),
                started.shop(),
                started.cell(),
                started.fileName(),
                started.originalPath(),
                started.sha256(),
                started.sizeBytes(),
                started.description(),
                started.options(),
                started.optionFiles(),
                started.ingestedAtMillis(),
                started.signature(),
                storeId);
    }

    private static RunStarted started(RunKey key, byte[] log, Map<String, String> options) {
        LogDescription description = new LogDescription(
                LogFormat.WINPEP,
                "UTF-8",
                "comma",
                List.of("rpm", "map", "torque"),
                List.of(new LogDescription.Source(Channel.RPM, "column", "rpm", "")),
                true,
                true,
                false,
                List.of(),
                List.of(),
                0,
                false,
                List.of());
        return new RunStarted(
                key.runId(),
                key.shop(),
                "default",
                "pull.csv",
                "pull.csv",
                Sha256.hex(log),
                log.length,
                description,
                options,
                Map.of(),
                1_772_600_767_000L,
                "",
                "");
    }

    private static RunGrids grids() {
        Random seeded = new Random(9);
        return new SampleRun()
                .corr(SampleRun.random(seeded, 1, 12), SampleRun.random(seeded, 1, 12))
                .grids();
    }

    /** A failure that an analyzer reports without having seen the start of the run. */
    static RunOutcome.Failed failedWithoutStart(RunKey key) {
        return new RunOutcome.Failed(key, 2, Optional.empty(), FailureCode.BLOCKS_MISSING, "no start", 0, 7);
    }
}
