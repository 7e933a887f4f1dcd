package dynoai.exporter.ve;

import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.factor.Application;
import dynoai.exporter.ve.factor.InputFile;
import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restores the base table of an application: current / (1 + factor / 100) plus the residuals. The metadata, the factors and
 * the current table are verified by their hashes first.
 */
public final class VeRollback {
    private final CommitProgress progress;

    public VeRollback() {
        this(CommitProgress.SILENT);
    }

    public VeRollback(CommitProgress progress) {
        this.progress = progress;
    }

    /** How exactly a table is restored. */
    public enum Restored {
        /** The bytes equal those of the base. */
        EXACT("exact"),
        /** Every cell equals the base to four decimals; the base had more decimals or another layout. */
        TO_4_DECIMALS("to 4 decimals"),
        /** The metadata has no residuals: a cell may be off by 0.0001. */
        DIVIDED("by division, the metadata has no residuals; a cell may be off by 0.0001");

        private final String words;

        Restored(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * The result of a rollback.
     *
     * @param cellsEqual whether every cell is known to equal that of the base, so that at most the layout of the file differs
     * @param sha hash of the restored table
     * @param note what could not be verified; null if everything was
     */
    public record RolledBack(
            VeTable table,
            Restored restored,
            boolean cellsEqual,
            ApplyMetadata metadata,
            Path output,
            String sha,
            @Nullable String note) {}

    /** Returns what {@link #rollback} would restore. Writes nothing, not even a lock. */
    public RolledBack preview(RollbackRequest request) throws VeException, IOException {
        return computed(request, VeOutputFile.canonical(request.output()));
    }

    public RolledBack rollback(RollbackRequest request) throws VeException, IOException {
        computed(request, VeOutputFile.canonical(request.output()));
        Path output = VeOutputFile.of(request.output());
        OutputLock lock = OutputLock.of(output);
        try {
            RolledBack restored = computed(request, output);
            new TableCommit(progress).write(output, restored.table().write(), null);
            return restored;
        } finally {
            lock.close();
        }
    }

    private static RolledBack computed(RollbackRequest request, Path output) throws VeException, IOException {
        MetadataFile metadata = MetadataFile.read(request.metadata());
        InputFile current = InputFile.table("current", request.current());
        ApplyMetadata application = applicationOf(metadata, current);
        InputFile factor = InputFile.table("factors", factorPath(request, application));
        VeOutputFile.checkReplaces("the output ", output, factor.path(), request.metadata());
        if (!factor.sha().equals(application.factorSha())) {
            throw VeException.hash("the factor file " + factor.path(), application.factorSha(), factor.sha());
        }
        checkCurrent(application, current);
        VeTable table = current.asTable();
        VeTable factors = factor.asTable();
        checkSizes(application, table, factors);
        double[] multipliers =
                Application.multipliers(factors, application.maxAdjustPct(), Set.copyOf(application.leftAlone()));
        VeTable restored = Application.restore(table, multipliers, application.residuals());
        String sha = Sha256.hex(restored.write());
        String unverified = application.outputSha() == null
                ? "the metadata has no output_sha, so the current table could not be verified"
                : null;
        Restored exactness = exactness(application, sha);
        Long rounded = application.roundedBaseCells();
        boolean cellsEqual = exactness == Restored.EXACT || rounded != null && rounded == 0;
        return new RolledBack(restored, exactness, cellsEqual, application, output, sha, unverified);
    }

    /** Returns the application that produced the current table; else the newest, whose hashes then do not match. */
    private static ApplyMetadata applicationOf(MetadataFile metadata, InputFile current) {
        ApplyMetadata found = metadata.findByOutput(current.sha());
        return found == null ? metadata.applications().get(0) : found;
    }

    private static Path factorPath(RollbackRequest request, ApplyMetadata application) throws VeException, IOException {
        Path given = request.factor();
        if (given != null) {
            return given;
        }
        String written = application.factorFile();
        if (written == null) {
            throw VeException.metadata("the metadata names no factor_file; give it with --factor");
        }
        return new MetadataPaths(request.metadata()).resolve("factor_file", written, application.folder());
    }

    private static void checkCurrent(ApplyMetadata application, InputFile current) throws VeException {
        String recorded = application.outputSha();
        if (recorded != null && !recorded.equals(current.sha())) {
            throw VeException.hash("the current table " + current.path(), recorded, current.sha());
        }
    }

    private static void checkSizes(ApplyMetadata application, VeTable table, VeTable factors) throws VeException {
        if (!factors.hasBinsOf(table)) {
            throw VeException.arguments("the factors and the current table have different bins: " + factors.bins()
                    + ", and " + table.bins());
        }
        int residuals = application.residuals().size();
        if (residuals != 0 && residuals != table.size()) {
            throw VeException.metadata(
                    "invalid metadata: " + residuals + " residuals for a table of " + table.size() + " cells");
        }
    }

    private static Restored exactness(ApplyMetadata application, String sha) {
        if (sha.equals(application.baseSha())) {
            return Restored.EXACT;
        }
        return application.residuals().isEmpty() ? Restored.DIVIDED : Restored.TO_4_DECIMALS;
    }
}
