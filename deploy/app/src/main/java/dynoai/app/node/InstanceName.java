package dynoai.app.node;

import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A name that a node keeps across restarts, so that Kafka recognises it as the same group member. */
final class InstanceName {
    private static final String FILE = "instance";

    private InstanceName() {}

    static String of(Path data) throws IOException {
        Path file = Files.createDirectories(data).resolve(FILE);
        if (!Files.exists(file)) {
            AtomicFile.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).trim();
    }
}
