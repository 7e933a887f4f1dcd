package dynoai.schemas.topic;

import dynoai.schemas.run.ProductVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes this version's schemas to a folder of released ones, as a step of a release. */
public final class SchemaRelease {
    private SchemaRelease() {}

    /** @param arguments the folder of released schemas */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0], ProductVersion.VERSION));
        for (Topic<?> topic : Topics.ALL) {
            Path file = folder.resolve(topic.format().name() + ".avsc");
            Files.writeString(file, topic.format().schemaJson() + '\n');
        }
    }
}
