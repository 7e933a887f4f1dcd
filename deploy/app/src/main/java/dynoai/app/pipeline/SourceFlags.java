package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings come from beside the flags. */
final class SourceFlags {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with any of these by name, weakest of all. DYNOAI_CONFIG.")
    private @Nullable Path config;

    LayeredConfig layers() throws CommandException, IOException {
        return LayeredConfig.of(config, System.getenv());
    }
}
