package dynoai.app.pipeline;

import dynoai.app.node.NodeInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folders a node works on. */
final class FolderFlags {
    @Option(names = "--drop", paramLabel = "DIR", description = "Drop folder. Default: drop. DYNOAI_DROP.")
    private @Nullable String drop;

    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of run folders. Default: runs. DYNOAI_RUNS.")
    private @Nullable String runs;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "This node's own directory: broker, state, names, log. Default: data. DYNOAI_DATA.")
    private @Nullable String data;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description =
                    "Store of logs by content, shared by ingest and exporter. Default: store in the data directory. DYNOAI_STORE.")
    private @Nullable String store;

    /** @param node the node that runs on the data directory */
    record Folders(Path drop, Path runs, Path data, Path store, Optional<NodeInfo> node) {}

    /** The folders a new node is told. */
    Folders own(LayeredConfig layers) {
        return folders(layers, Optional.empty());
    }

    /** The folders of the latest node of the data directory, running or not, but for those given by name. */
    Folders ofLatest(LayeredConfig layers) throws IOException {
        return folders(layers, NodeInfo.latest(data(layers)));
    }

    private Path data(LayeredConfig layers) {
        return Path.of(layers.text("data", data, "data"));
    }

    private Folders folders(LayeredConfig layers, Optional<NodeInfo> latest) {
        Path dataPath = data(layers);
        return new Folders(
                path(layers.text("drop", drop), latest.map(NodeInfo::drop), Path.of("drop")),
                path(layers.text("runs", runs), latest.map(NodeInfo::runs), Path.of("runs")),
                dataPath,
                path(layers.text("store", store), latest.map(NodeInfo::store), dataPath.resolve("store")),
                latest.filter(NodeInfo::isRunning));
    }

    private static Path path(@Nullable String given, Optional<Path> running, Path otherwise) {
        return given == null ? running.orElse(otherwise) : Path.of(given);
    }
}
