package dynoai.app.node;

import dynoai.app.intake.Door;
import dynoai.app.storage.StorageLocation;
import dynoai.catalogue.CatalogueAddress;
import dynoai.ingest.folder.FolderSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Node configuration. A single stage ignores settings it does not use.
 *
 * @param folder the drop folder and the store, and how logs are taken
 * @param alsoDrop further drop folders
 * @param data the node's own directory: broker, state, names, log
 * @param catalogue where the runs that ended are listed for the page
 * @param door where an intake listens; empty if none runs
 */
public record NodeSettings(
        FolderSettings folder,
        List<Path> alsoDrop,
        StorageLocation runs,
        Path data,
        CatalogueAddress catalogue,
        KafkaConnection kafka,
        Stages stages,
        Optional<Door> door) {
    /** The analyzer's folder in the data directory. */
    public static final String STATE = "state";

    /** The ingest's folder in the data directory. */
    static final String LEDGER = "ledger";

    /** Admit's folder in the data directory. */
    static final String ADMIT = "admit";

    public NodeSettings(
            FolderSettings folder,
            Path runs,
            Path data,
            CatalogueAddress catalogue,
            KafkaConnection kafka,
            Stages stages) {
        this(folder, List.of(), StorageLocation.of(runs), data, catalogue, kafka, stages, Optional.empty());
    }

    /** Returns the same with an intake. */
    public NodeSettings with(Optional<Door> intake) {
        return new NodeSettings(folder, alsoDrop, runs, data, catalogue, kafka, stages, intake);
    }

    /** Returns the settings of all drop folders. */
    List<FolderSettings> folders() {
        return Stream.concat(Stream.of(folder), alsoDrop.stream().map(folder::root))
                .toList();
    }

    /**
     * How the stages work.
     *
     * @param instance distinguishes this process from others of its kind; null for a name kept in the data directory
     * @param threads runs analysed, and exported, at the same time
     * @param standbyReplicas copies of each partition's state on other analyzers
     * @param publishRows whether every row is also sent as a record
     */
    public record Stages(@Nullable String instance, int threads, int standbyReplicas, boolean publishRows) {}
}
