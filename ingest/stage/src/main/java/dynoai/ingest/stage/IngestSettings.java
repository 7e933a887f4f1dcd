package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderSettings;
import dynoai.schemas.kafka.KafkaClients;

/**
 * Settings of the ingest stage.
 *
 * @param kafka the cluster and the namespace
 * @param node name of this process among the owners of a drop folder
 * @param publishRows whether every row is also published as a record of its own
 */
public record IngestSettings(FolderSettings folder, KafkaClients kafka, String node, boolean publishRows) {}
