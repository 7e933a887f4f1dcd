package dynoai.app.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A name that a node keeps over restarts, so that Kafka lets it take up again what it held before it died. */
final class InstanceName {
    private static final String FILE = "instance";

    private InstanceName() {}

    static String of(Path data) throws IOException {
        Path file = Files.createDirectories(data).resolve(FILE);
        if (!Files.exists(file)) {
            Path fresh = Files.createTempFile(data, FILE, ".new");
            Files.writeString(fresh, UUID.randomUUID().toString(), StandardCharsets.US_ASCII);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).trim();
    }
}
