package dynoai.automation.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.StrictJson;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that keeps a server's values. One server per file: opening it for a second one fails. */
record ContextFile(Path file, LockFile lock) implements AutoCloseable {

    static ContextFile open(Path given) throws IOException {
        Path file = given.toAbsolutePath();
        Files.createDirectories(AtomicFile.folderOf(file));
        try {
            return new ContextFile(file, LockFile.acquire(file.resolveSibling(file.getFileName() + ".lock")));
        } catch (LockFile.HeldException e) {
            throw new IOException("another context server keeps its values in " + given + ": " + e.holder(), e);
        }
    }

    ObjectNode read() throws IOException {
        if (!Files.exists(file)) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (StrictJson.MAPPER.readTree(file.toFile()) instanceof ObjectNode values) {
            return values;
        }
        throw new IOException(file + " does not have the values of a context server: not a JSON object");
    }

    void write(ObjectNode values) throws IOException {
        AtomicFile.write(file, StrictJson.MAPPER.writeValueAsBytes(values));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
