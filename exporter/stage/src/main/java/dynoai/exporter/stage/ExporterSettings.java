package dynoai.exporter.stage;

import dynoai.schemas.file.HashedFiles;
import dynoai.schemas.kafka.KafkaClients;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an exporter.
 *
 * @param runs the folder of run folders
 * @param store where the ingest keeps logs by content; a shared mount if the ingest is remote
 * @param kafka the cluster and the namespace
 * @param instance name of this exporter in its group, constant over restarts: letters, digits, hyphens
 * @param parallel how many runs are exported at a time
 * @param stored the logs that the ingest of this process stored; null if the ingest runs in another process, so that its
 *     store may be a different folder
 */
public record ExporterSettings(
        Path runs,
        Path store,
        KafkaClients kafka,
        String instance,
        int parallel,
        @Nullable HashedFiles stored) {
    ExporterSettings withRuns(Path folder) {
        return new ExporterSettings(folder, store, kafka, instance, parallel, stored);
    }

    /** Whether the ingest runs in another process. */
    boolean remoteIngest() {
        return stored == null;
    }
}
