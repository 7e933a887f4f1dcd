package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.BatchAnalysis;
import dynoai.engine.PublishedRun;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.stored.Comparison;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The batch engine, whose run folders a node must reproduce. */
public final class BatchReference {
    private final Path folder;
    private final Map<String, String> options;
    private final Map<Path, Path> folders = new HashMap<>();

    /** @param folder receives the run folders of the batch engine, which analyses with the default options */
    public BatchReference(Path folder) {
        this(folder, Map.of());
    }

    /** @param folder receives the run folders of the batch engine */
    BatchReference(Path folder, Map<String, String> options) {
        this.folder = folder;
        this.options = options;
    }

    /** Compares a node's run folder with the batch run of its log: byte for byte, except for the volatile fields of the manifest. */
    public void assertEqualToBatch(Path run, Path log) throws Exception {
        Path batch = folders.get(log);
        if (batch == null) {
            batch = analyzed(log);
            folders.put(log, batch);
        }
        assertEqual(batch, run);
    }

    /** Compares two run folders: byte for byte, except for the volatile fields of the manifest. */
    public static void assertEqual(Path batch, Path run) throws IOException {
        assertThat(Comparison.of(batch, run).differences()).isEmpty();
        assertThat(namesIn(run)).hasSameSizeAs(namesIn(batch));
        for (String name : namesIn(batch)) {
            if (!name.endsWith("manifest.json")) {
                assertThat(Files.mismatch(batch.resolve(name), run.resolve(name)))
                        .as("first differing byte of " + name + " in " + run)
                        .isEqualTo(-1);
            }
        }
    }

    private Path analyzed(Path log) throws Exception {
        PublishedRun published = BatchAnalysis.ofSystemTime()
                .analyze(new RunRequest(log, AnalysisOptions.of(options), RunTarget.among(folder), 1), bytes -> {});
        return published.folder();
    }

    private static List<String> namesIn(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
