package dynoai.exporter.ve;

import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.application.Residuals;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.factor.Application;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.Factors;
import dynoai.exporter.ve.factor.InputFile;
import dynoai.exporter.ve.factor.VeException;
import dynoai.exporter.ve.preview.Preview;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.run.ProductVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies correction factors to a VE table: new = base × (1 + factor / 100), with the factor clamped. The base is changed only
 * if it is also the output. The metadata next to the output lets {@link VeRollback} restore the base exactly.
 */
public final class VeApply {
    private static final DateTimeFormatter UTC_MILLIS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final CommitProgress progress;

    public VeApply() {
        this(CommitProgress.SILENT);
    }

    public VeApply(CommitProgress progress) {
        this.progress = progress;
    }

    /**
     * The result of an application.
     *
     * @param note a remark about rollback, or null
     */
    public record Applied(
            Preview preview,
            ApplyMetadata metadata,
            Path output,
            Path metadataFile,
            @Nullable String note) {}

    /** Returns what {@link #apply} would do. Writes nothing, not even a lock. */
    public Preview preview(ApplyRequest request) throws VeException, IOException {
        request.check();
        Path output = VeOutputFile.canonical(request.output());
        Path metadata = VeOutputFile.canonical(metadataPath(request, output));
        checkDistinct(request, output, metadata);
        MetadataFile.readIfPresent(metadata);
        return prepared(request).preview();
    }

    /**
     * Returns the path for another file about the application, such as a preview page.
     *
     * @throws VeException if it would replace a file of the application or be in a run folder
     */
    public Path pathFor(ApplyRequest request, Path further) throws VeException, IOException {
        Path path = VeOutputFile.canonical(further);
        Path output = VeOutputFile.canonical(request.output());
        Path metadata = VeOutputFile.canonical(metadataPath(request, output));
        VeOutputFile.checkReplaces("", path, request.base(), request.factorFile(), request.mask(), output, metadata);
        return path;
    }

    /** @param now the time for the metadata */
    public Applied apply(ApplyRequest request, Instant now) throws VeException, IOException {
        request.check();
        prepared(request);
        Path output = VeOutputFile.of(request.output());
        Path metadataPath = VeOutputFile.of(metadataPath(request, output));
        checkDistinct(request, output, metadataPath);
        OutputLock lock = OutputLock.of(output, metadataPath);
        try {
            Prepared prepared = prepared(request);
            byte[] table = prepared.preview().after().write();
            ApplyMetadata metadata = metadata(request, prepared, output, metadataPath, now);
            new TableCommit(progress)
                    .write(
                            output,
                            table,
                            MetadataFile.readIfPresent(metadataPath).with(metadata));
            return new Applied(
                    prepared.preview(), metadata, output, metadataPath, note(prepared.factors(), metadataPath));
        } finally {
            lock.close();
        }
    }

    private record Prepared(
            InputFile base,
            Factors factors,
            @Nullable InputFile mask,
            Set<Integer> leftAlone,
            List<Long> residuals,
            Preview preview) {}

    private static Prepared prepared(ApplyRequest request) throws VeException, IOException {
        InputFile base = InputFile.table("base", request.base());
        VeTable before = base.asTable();
        checkNotNegative(before);
        Factors factors = Factors.of(request.factor(), request.acceptInvertedSign(), request.minHits() > 0);
        checkBins("factors", factors.table(), before);
        InputFile mask = request.mask() == null ? null : InputFile.table("mask", request.mask());
        Set<Integer> leftAlone = leftAlone(before, factors, mask, request.minHits());
        double[] multipliers = Application.multipliers(factors.table(), request.maxAdjustPct(), leftAlone);
        VeTable after = written(Application.apply(before, multipliers));
        return new Prepared(
                base,
                factors,
                mask,
                leftAlone,
                Residuals.of(before, after, multipliers),
                Preview.of(request.base().toString(), factors, request.maxAdjustPct(), before, after, leftAlone));
    }

    private static void checkNotNegative(VeTable base) throws VeException {
        for (int cell = 0; cell < base.size(); cell++) {
            if (base.at(cell) < 0) {
                throw VeException.arguments("the base at " + Application.place(base, cell) + " is " + base.at(cell)
                        + "; a volumetric efficiency is never negative");
            }
        }
    }

    /** Returns the table as it is read back, which is what rollback starts from. */
    private static VeTable written(VeTable table) {
        try {
            return VeTable.read("the new table", table.write());
        } catch (InvalidTableException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private static Set<Integer> leftAlone(VeTable base, Factors factors, @Nullable InputFile mask, long minHits)
            throws VeException {
        Set<Integer> leftAlone = new TreeSet<>();
        if (mask != null) {
            VeTable cells = mask.asTable();
            checkBins("mask", cells, base);
            for (int cell = 0; cell < cells.size(); cell++) {
                if (!cells.isEmpty(cell) && cells.at(cell) != 0 && cells.at(cell) != 1) {
                    throw VeException.arguments("the mask at " + Application.place(cells, cell) + " is "
                            + cells.at(cell) + "; it must be 0 (leave alone) or 1 (change)");
                }
                if (cells.at(cell) != 1) {
                    leftAlone.add(cell);
                }
            }
        }
        VeTable hits = factors.hits();
        if (hits != null) {
            checkBins("coverage", hits, base);
            for (int cell = 0; cell < hits.size(); cell++) {
                if (!(hits.at(cell) >= minHits)) {
                    leftAlone.add(cell);
                }
            }
        }
        return leftAlone;
    }

    private static void checkBins(String what, VeTable table, VeTable base) throws VeException {
        if (!table.hasBinsOf(base)) {
            throw VeException.arguments(
                    "the " + what + " and the base have different bins: " + table.bins() + ", and " + base.bins());
        }
    }

    private static Path metadataPath(ApplyRequest request, Path output) {
        Path given = request.metadata();
        return given == null ? MetadataFile.nextTo(output) : given;
    }

    private static void checkDistinct(ApplyRequest request, Path output, Path metadata)
            throws VeException, IOException {
        VeOutputFile.checkReplaces("the output ", output, request.factorFile(), request.mask());
        VeOutputFile.checkReplaces(
                "the metadata ", metadata, request.factorFile(), request.mask(), request.base(), output);
        if (request.factor() instanceof FactorChoice.OfRun run
                && Files.isDirectory(run.folder())
                && output.startsWith(run.folder().toRealPath())) {
            throw VeException.arguments("the output " + output + " is in the run folder, which must not change");
        }
    }

    private static ApplyMetadata metadata(
            ApplyRequest request, Prepared prepared, Path output, Path metadataPath, Instant now)
            throws VeException, IOException {
        MetadataPaths paths = new MetadataPaths(metadataPath);
        InputFile mask = prepared.mask();
        return new ApplyMetadata(
                prepared.base().sha(),
                prepared.factors().file().sha(),
                Sha256.hex(prepared.preview().after().write()),
                UTC_MILLIS.format(now),
                user(),
                request.maxAdjustPct(),
                ProductVersion.VERSION,
                prepared.factors().mathVersion(),
                paths.folder(),
                paths.written(prepared.base().path()),
                paths.written(prepared.factors().file().path()),
                paths.written(output),
                ApplyMetadata.COMMENT,
                prepared.factors().runId(),
                mask == null ? null : paths.written(mask.path()),
                mask == null ? null : mask.sha(),
                request.minHits(),
                List.copyOf(prepared.leftAlone()),
                Residuals.roundedCells(prepared.base().asTable()),
                prepared.residuals());
    }

    /** Returns the name of the user; null where the system has none, as in some containers. */
    private static @Nullable String user() {
        String name = System.getProperty("user.name", "").strip();
        return name.isEmpty() || name.equals("?") ? null : name;
    }

    private static @Nullable String note(Factors factors, Path metadataPath) throws IOException {
        return new MetadataPaths(metadataPath).isFollowed(factors.file().path())
                ? null
                : "the factors are outside the folders that metadata may name; rollback will need --factor "
                        + factors.file().path();
    }
}
