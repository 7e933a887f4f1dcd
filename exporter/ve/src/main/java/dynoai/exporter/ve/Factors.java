package dynoai.exporter.ve;

import dynoai.exporter.table.VeTable;
import dynoai.schemas.grid.Cylinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The factors of a request, verified as far as anything vouches for them.
 *
 * @param hits samples per cell; null where no run was named
 */
record Factors(
        InputFile file,
        VeTable table,
        @Nullable String mathVersion,
        @Nullable String runId,
        @Nullable VeTable hits) {
    private static final Set<String> DELTAS = Set.of(
            "VE_Correction_Delta_DYNO.csv",
            "VE_Correction_Delta_Front.csv",
            "VE_Correction_Delta_Rear.csv",
            "Front_Balance_Factor.csv",
            "Rear_Balance_Factor.csv",
            "Decel_Fuel_Overlay.csv");

    static Factors of(FactorChoice choice, boolean acceptInvertedSign, boolean needsHits)
            throws VeException, IOException {
        if (choice instanceof FactorChoice.OfRun) {
            FactorChoice.OfRun run = (FactorChoice.OfRun) choice;
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
                manifest.file("VE_Correction_Delta_" + (cylinder == null ? "DYNO" : cylinder.title()) + ".csv");
        VeTable hits = needsHits ? hits(manifest, cylinder) : null;
        return new Factors(delta, delta.asTable(), manifest.mathVersion(), manifest.runId(), hits);
    }

    private static Factors ofFile(Path path, boolean acceptInvertedSign) throws VeException, IOException {
        InputFile file = InputFile.table("factors", path);
        FactorManifest manifest = FactorManifest.vouchingFor(path, file.sha());
        if (manifest == null) {
            return new Factors(file, file.asTable(), null, null, null);
        }
        checkSign(manifest, path, acceptInvertedSign);
        List<String> names = manifest.namesOf(file.sha());
        if (names.stream().noneMatch(DELTAS::contains)) {
            throw VeException.arguments(path + " is no table of factors: the run lists it as " + names.get(0));
        }
        return new Factors(file, file.asTable(), manifest.mathVersion(), manifest.runId(), null);
    }

    private static void checkSign(FactorManifest manifest, Path what, boolean accepted) throws VeException {
        if (manifest.isReplay() && !accepted) {
            throw VeException.arguments(what + " was made with math version " + manifest.mathVersion()
                    + ", whose sign is inverted for fuelling: a lean cell would be made leaner; say"
                    + " --accept-inverted-sign if you mean it");
        }
    }

    private static VeTable hits(FactorManifest manifest, @Nullable Cylinder cylinder) throws VeException, IOException {
        if (cylinder != null) {
            return coverage(manifest, cylinder);
        }
        VeTable front = coverage(manifest, Cylinder.FRONT);
        VeTable rear = coverage(manifest, Cylinder.REAR);
        double[] sum = new double[front.size()];
        for (int cell = 0; cell < sum.length; cell++) {
            sum[cell] = front.at(cell) + rear.at(cell);
        }
        return front.withCells(sum);
    }

    private static VeTable coverage(FactorManifest manifest, Cylinder cylinder) throws VeException, IOException {
        return manifest.file("Coverage_" + cylinder.title() + ".csv").asTable();
    }
}
