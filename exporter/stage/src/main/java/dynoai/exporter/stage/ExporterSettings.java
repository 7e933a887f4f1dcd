package dynoai.exporter.stage;

import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.store.ContentStore;

/**
 * The settings of an exporter.
 *
 * @param runs where runs are published
 * @param store where the ingest keeps logs by content
 * @param kafka the cluster and the namespace
 * @param instance name of this exporter in its group, constant over restarts: letters, digits, hyphens
 * @param parallel how many runs are exported at a time
 * @param remoteIngest whether the ingest runs in another process, so that its store may be a different one
 */
public record ExporterSettings(
        RunShelf runs, ContentStore store, KafkaClients kafka, String instance, int parallel, boolean remoteIngest) {}
