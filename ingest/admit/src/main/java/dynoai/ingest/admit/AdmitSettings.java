package dynoai.ingest.admit;

import dynoai.ingest.folder.run.Admission;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.store.ContentStore;
import java.nio.file.Path;

/**
 * Settings of the admission of uploads.
 *
 * @param data folder of this process alone: its id and the cache of the ledger
 * @param store has the logs and the uploads
 * @param kafka the cluster and the namespace
 * @param node name of this process
 * @param largestLog largest accepted log in bytes
 * @param publishRows whether every row is also published as a record of its own
 * @param admission shared with the drop folders of this process
 */
public record AdmitSettings(
        Path data,
        ContentStore store,
        KafkaClients kafka,
        String node,
        long largestLog,
        boolean publishRows,
        Admission admission) {}
