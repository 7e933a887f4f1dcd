package dynoai.exporter.ve.factor;

import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.grid.Cylinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The factors of a request, verified against the manifest of their run if there is one.
 *
 * @param hits samples per cell; null without a run
 */
public record Factors(
        InputFile file,
        VeTable table,
        @Nullable String mathVersion,
        @Nullable String runId,
        @Nullable VeTable hits) {
    private static final Set<String> FACTOR_FILES = Stream.of(GridFile.values())
            .filter(GridFile::isFactor)
            .map(GridFile::file)
            .collect(Collectors.toSet());

    public static Factors of(FactorChoice choice, boolean acceptInvertedSign, boolean needsHits)
            throws VeException, IOException {
        if (choice instanceof FactorChoice.OfRun run) {
            return ofRun(run.folder(), run.cylinder(), acceptInvertedSign, needsHits);
        }
        return ofFile(((FactorChoice.OfFile) choice).file(), acceptInvertedSign);
    }

    private static Factors ofRun(
            Path folder, @Nullable Cylinder cylinder, boolean acceptInvertedSign, boolean needsHits)
            throws VeException, IOException {
        FactorManifest manifest = FactorManifest.of(folder);
        manifest.checkOk();
        checkSign(manifest, folder, acceptInvertedSign);
        InputFile delta =
                manifest.file(GridFile.of(GridFile.Kind.DELTA, cylinder).file());
        VeTable hits = needsHits ? hits(manifest, cylinder) : null;
        return new Factors(delta, delta.asTable(), manifest.mathVersion(), manifest.runId(), hits);
    }

    private static Factors ofFile(Path path, boolean acceptInvertedSign) throws VeException, IOException {
        InputFile file = InputFile.table("factors", path);
        FactorManifest manifest = FactorManifest.listing(path, file.sha());
        if (manifest == null) {
            return new Factors(file, file.asTable(), null, null, null);
        }
        checkSign(manifest, path, acceptInvertedSign);
        List<String> names = manifest.namesOf(file.sha());
        if (names.stream().noneMatch(FACTOR_FILES::contains)) {
            throw VeException.arguments(path + " is not a table of factors: the run lists it as " + names.get(0));
        }
        return new Factors(file, file.asTable(), manifest.mathVersion(), manifest.runId(), null);
    }

    private static void checkSign(FactorManifest manifest, Path what, boolean accepted) throws VeException {
        if (manifest.isReplay() && !accepted) {
            throw VeException.arguments(what + " was made with math version " + manifest.mathVersion()
                    + ", whose sign is inverted for fuelling: a lean cell would be made leaner; confirm it with"
                    + " --accept-inverted-sign");
        }
    }

    private static VeTable hits(FactorManifest manifest, @Nullable Cylinder cylinder) throws VeException, IOException {
        if (cylinder != null) {
            return coverage(manifest, cylinder);
        }
        VeTable front = coverage(manifest, Cylinder.FRONT);
        double[] sum = new double[front.size()];
        for (Cylinder each : Cylinder.values()) {
            VeTable own = coverage(manifest, each);
            for (int cell = 0; cell < sum.length && manifest.hasAcceptedRows(each); cell++) {
                sum[cell] += own.at(cell);
            }
        }
        return front.withCells(sum);
    }

    private static VeTable coverage(FactorManifest manifest, Cylinder cylinder) throws VeException, IOException {
        return manifest.file(GridFile.of(GridFile.Kind.COVERAGE, cylinder).file())
                .asTable();
    }
}
