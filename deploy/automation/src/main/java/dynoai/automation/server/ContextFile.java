package dynoai.automation.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.disk.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a server's values in one file, replaced as a whole. One server per file: a second one is refused. */
final class ContextFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final FileChannel lockChannel;

    private ContextFile(Path file, FileChannel lockChannel) {
        this.file = file;
        this.lockChannel = lockChannel;
    }

    static ContextFile open(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        FileChannel channel = FileChannel.open(
                absolute.resolveSibling(absolute.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("another context server keeps its values in " + file);
        }
        return new ContextFile(absolute, channel);
    }

    ObjectNode read() throws IOException {
        if (!Files.exists(file)) {
            return JSON.createObjectNode();
        }
        JsonNode json = JSON.readTree(file.toFile());
        if (!json.isObject()) {
            throw new IOException(file + " holds no JSON object, so no values of a context server");
        }
        return (ObjectNode) json;
    }

    void write(ObjectNode values) throws IOException {
        WholeFile.write(file, JSON.writeValueAsBytes(values));
    }

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
