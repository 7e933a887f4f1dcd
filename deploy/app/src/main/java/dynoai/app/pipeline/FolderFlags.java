package dynoai.app.pipeline;

import dynoai.app.node.NodeInfo;
import dynoai.app.setting.Setting;
import dynoai.app.setting.Settings;
import dynoai.app.storage.StorageAccess;
import dynoai.app.storage.StorageFlags;
import dynoai.app.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The folders of a node, and the settings of its commands. */
public final class FolderFlags {
    @Mixin
    private Settings settings = new Settings(System.getenv());

    @Setting
    @Option(names = "--drop", paramLabel = "DIR", description = "Drop folder. Default: drop.")
    private @Nullable Path drop;

    @Setting
    @Option(
            names = "--runs",
            paramLabel = "PLACE",
            description = "Folder of run folders, or s3://BUCKET/PREFIX. Default: runs.")
    private @Nullable String runs;

    @Setting
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data directory of this node: broker, state, names, log.")
    private Path data = Path.of("data");

    @Setting
    @Option(
            names = "--store",
            paramLabel = "PLACE",
            description =
                    "Content-addressed store of logs, shared by ingest and exporter: a folder or s3://BUCKET/PREFIX."
                            + " Default: store in the data directory.")
    private @Nullable String store;

    @Mixin
    private StorageFlags storage = new StorageFlags();

    /** @param node the node that runs on the data directory */
    public record Folders(Path drop, StorageLocation runs, Path data, StorageLocation store, Optional<NodeInfo> node) {}

    Settings settings() {
        return settings;
    }

    /** Returns the folders of a new node. */
    Folders own() {
        return folders(Optional.empty());
    }

    /** Returns the folders of the latest node of the data directory, running or not, except where flags name others. */
    public Folders ofLatest() throws IOException {
        return folders(NodeInfo.latest(data));
    }

    private Folders folders(Optional<NodeInfo> latest) {
        StorageAccess access = storage.given()
                .orElse(latest.map(NodeInfo::runs).map(StorageLocation::access).orElse(StorageAccess.DEFAULT));
        return new Folders(
                drop == null ? latest.map(NodeInfo::drop).orElse(Path.of("drop")) : drop,
                new StorageLocation(
                        runs == null
                                ? latest.map(NodeInfo::runs)
                                        .map(StorageLocation::place)
                                        .orElse("runs")
                                : runs,
                        access),
                data,
                new StorageLocation(
                        store == null
                                ? latest.map(NodeInfo::store)
                                        .map(StorageLocation::place)
                                        .orElse(data.resolve("store").toString())
                                : store,
                        access),
                latest.filter(NodeInfo::isRunning));
    }
}
