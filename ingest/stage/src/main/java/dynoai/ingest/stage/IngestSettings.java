package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderSettings;
import dynoai.schemas.kafka.KafkaClients;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of the ingest stage.
 *
 * @param folders the drop folders, at least one; they share an admission
 * @param ledger folder of the ledger's cache, of this process alone
 * @param kafka the cluster and the namespace
 * @param node name of this process among the owners of a drop folder
 * @param publishRows whether every row is also published as a record of its own
 */
public record IngestSettings(
        List<FolderSettings> folders, Path ledger, KafkaClients kafka, String node, boolean publishRows) {}
