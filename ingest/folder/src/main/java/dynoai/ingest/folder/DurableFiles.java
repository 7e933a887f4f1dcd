package dynoai.ingest.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Small files that are there whole or not at all, and stay there through a power cut. */
final class DurableFiles {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES));
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private DurableFiles() {}

    static void writeYaml(Path file, Map<String, Object> content) throws IOException {
        write(file, YAML.writeValueAsBytes(content));
    }

    /** Like {@link #writeYaml}, but the name is durable only with the next {@link #syncFolder}. */
    static void writeYamlUnsynced(Path file, Map<String, Object> content) throws IOException {
        replace(file, YAML.writeValueAsBytes(content));
    }

    static void writeJson(Path file, Map<String, Object> content) throws IOException {
        write(file, JSON.writeValueAsBytes(content));
    }

    /** A mapping; empty when the file is empty. */
    static Map<?, ?> readYaml(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        JsonNode content = YAML.readTree(bytes);
        if (content.isMissingNode() || content.isNull()) {
            return Map.of();
        }
        Object value = YAML.treeToValue(content, Object.class);
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException(file.getFileName() + " holds no mapping of keys to values");
    }

    /** Temporary name, fsync, atomic rename, fsync of the folder. */
    static void write(Path file, byte[] bytes) throws IOException {
        replace(file, bytes);
        syncFolder(folderOf(file));
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    /** Makes renames in a folder durable; systems that cannot open folders need none of it. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException unsupported) {
            return;
        }
    }

    static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (Files.isDirectory(entry, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    deleteTree(entry);
                } else {
                    Files.deleteIfExists(entry);
                }
            }
        }
        Files.deleteIfExists(folder);
    }
}
