package dynoai.engine;

import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Difference;
import dynoai.engine.stored.StoredOptions;
import dynoai.engine.stored.StoredRuns;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an analysis is deterministic: analyses a log twice, or a stored run again from its copy of the log. The second
 * analysis parses with another number of threads.
 */
public final class Determinism {
    private final BatchAnalysis analysis;

    public Determinism(BatchAnalysis analysis) {
        this.analysis = analysis;
    }

    /**
     * The result of a check.
     *
     * @param subject the log or the run folder
     * @param differences empty if equal or unchecked
     * @param unchecked why a run could not be analysed again; empty if it was
     */
    public record Check(Path subject, List<Difference> differences, String unchecked) {
        public boolean isEqual() {
            return differences.isEmpty() && unchecked.isEmpty();
        }
    }

    /** Analyses a log twice in a temporary folder and compares every byte. */
    public Check ofLog(Path log, AnalysisOptions options)
            throws LogRejectedException, InvalidTableException, RunFolderOccupiedException, IOException {
        Path work = Files.createTempDirectory("dynoai-determinism");
        try {
            Path first = work.resolve("first");
            Path second = work.resolve("second");
            analysis.analyze(new RunRequest(log, options, RunTarget.exactly(first), 1), bytes -> {});
            analysis.analyze(new RunRequest(log, options, RunTarget.exactly(second), 2), bytes -> {});
            return new Check(log, Comparison.of(first, second).differences(), "");
        } finally {
            RunFolder.discard(work);
        }
    }

    /**
     * Checks every run folder at or below a folder.
     *
     * @throws NoSuchFileException if it has no run folder
     */
    public List<Check> ofRuns(Path root)
            throws LogRejectedException, InvalidTableException, RunFolderOccupiedException, InvalidOptionException,
                    IOException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString());
        }
        List<Check> checks = new ArrayList<>();
        for (Path run : StoredRuns.foldersIn(root)) {
            checks.add(ofRun(run));
        }
        if (checks.isEmpty()) {
            throw new NoSuchFileException(root.toString(), null, "no run folder at or below it");
        }
        return checks;
    }

    /** Analyses a run's copy of its log with the run's options and compares the result with the run folder. */
    public Check ofRun(Path run)
            throws LogRejectedException, InvalidTableException, RunFolderOccupiedException, InvalidOptionException,
                    IOException {
        Manifest manifest = ManifestReader.read(run);
        Path log = RunFolderLayout.LOG.in(run);
        if (!manifest.ok() || !Files.isRegularFile(log)) {
            return new Check(run, List.of(), manifest.ok() ? "it holds no " + log.getFileName() : "the run failed");
        }
        AnalysisOptions options = StoredOptions.of(manifest);
        for (Option file : new Option[] {Option.BASE_FRONT, Option.BASE_REAR}) {
            String table = options.text(file);
            if (table != null && !isUnchanged(table, manifest.value("args", file.key() + "_sha256"))) {
                return new Check(run, List.of(), "its base table " + table + " is missing or was changed");
            }
        }
        Path work = Files.createTempDirectory("dynoai-determinism");
        try {
            Path again = work.resolve("again");
            analysis.analyze(new RunRequest(log, options, RunTarget.exactly(again), 2), bytes -> {});
            return new Check(run, Comparison.of(run, again).differences(), "");
        } finally {
            RunFolder.discard(work);
        }
    }

    /** The path comes from a manifest and is not trusted: the file must have the recorded hash. */
    private static boolean isUnchanged(String table, @Nullable Object sha256) throws IOException {
        try {
            Path file = SafePath.named(table);
            return Files.isRegularFile(file) && Sha256.hex(file).equals(sha256);
        } catch (UnsafePathException e) {
            return false;
        }
    }
}
