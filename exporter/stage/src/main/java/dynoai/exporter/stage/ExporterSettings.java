package dynoai.exporter.stage;

import java.nio.file.Path;
import java.util.Map;

/**
 * What an exporter is told.
 *
 * @param runs the folder of run folders
 * @param store where the ingest keeps logs by content; shared by a mount when the stages run apart
 * @param client how to reach Kafka: bootstrap servers, security
 * @param instance names this exporter among others, and stays the same over restarts: letters, digits, hyphens
 * @param parallel how many runs are exported at a time
 * @param apart whether the ingest runs in another process, so that its store may be another one
 */
public record ExporterSettings(
        Path runs, Path store, Map<String, Object> client, String instance, int parallel, boolean apart) {}
