package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderSettings;
import java.util.Map;

/**
 * What an ingest is told.
 *
 * @param client how to reach Kafka: bootstrap servers, security
 * @param node how this process is called where it competes with others
 * @param publishRows whether every row is also written by itself
 */
public record IngestSettings(FolderSettings folder, Map<String, Object> client, String node, boolean publishRows) {}
