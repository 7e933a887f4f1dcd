package dynoai.app.pipeline;

import dynoai.app.node.NodeInfo;
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
    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of run folders. Default: runs.")
    private @Nullable Path runs;

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
            paramLabel = "DIR",
            description = "Content-addressed store of logs, shared by ingest and exporter."
                    + " Default: store in the data directory.")
    private @Nullable Path store;

    /** @param node the node that runs on the data directory */
    public record Folders(Path drop, Path runs, Path data, Path store, Optional<NodeInfo> node) {}

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
        return new Folders(
                drop == null ? latest.map(NodeInfo::drop).orElse(Path.of("drop")) : drop,
                runs == null ? latest.map(NodeInfo::runs).orElse(Path.of("runs")) : runs,
                data,
                store == null ? latest.map(NodeInfo::store).orElse(data.resolve("store")) : store,
                latest.filter(NodeInfo::isRunning));
    }
}
