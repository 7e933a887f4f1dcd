package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderSettings;
import java.util.Map;

/**
 * Settings of the ingest stage.
 *
 * @param client Kafka client settings: bootstrap servers, security
 * @param node name of this process among the owners of a drop folder
 * @param publishRows whether every row is also published as a record of its own
 */
public record IngestSettings(FolderSettings folder, Map<String, Object> client, String node, boolean publishRows) {}
