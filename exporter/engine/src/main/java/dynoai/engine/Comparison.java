package dynoai.engine;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.report.ComparisonPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two runs, given as run folders or as manifests. Names, times and paths differ between any two runs
 * and are left out, so two analyses of one log with the same options compare equal.
 *
 * @param left the first run, as given
 * @param right the second run, as given
 * @param differences field by field, then file by file and cell by cell; empty when the runs are equal
 */
public record Comparison(Path left, Path right, List<Difference> differences) {

    public boolean isEqual() {
        return differences.isEmpty();
    }

    /** Compares two run folders with all their files, or two manifests alone; a folder and a manifest by the manifests. */
    public static Comparison of(Path left, Path right) throws IOException {
        Manifest leftManifest = ManifestReader.read(left);
        Manifest rightManifest = ManifestReader.read(right);
        List<Difference> differences = ManifestDifferences.between(leftManifest.root(), rightManifest.root());
        if (Files.isDirectory(left) && Files.isDirectory(right)) {
            List<Difference> files = FileDifferences.between(left, leftManifest, right, rightManifest);
            differences = merged(differences, files);
        }
        return new Comparison(left, right, List.copyOf(differences));
    }

    /** The comparison as a page of its own: both runs' tables, the difference, options that differ. */
    public byte[] page() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Difference difference : differences) {
            rows.add(List.of(difference.where(), orNothing(difference.left()), orNothing(difference.right())));
        }
        return ComparisonPage.render(StoredRuns.read(left), StoredRuns.read(right), rows);
    }

    private static String orNothing(String value) {
        return value.isEmpty() ? "(nothing)" : value;
    }

    /** What the files themselves show says more than their listed sizes and hashes. */
    private static List<Difference> merged(List<Difference> manifest, List<Difference> files) {
        List<Difference> merged = new ArrayList<>();
        for (Difference difference : manifest) {
            if (!isShownBy(files, difference.where())) {
                merged.add(difference);
            }
        }
        merged.addAll(files);
        return merged;
    }

    private static boolean isShownBy(List<Difference> files, String where) {
        for (Difference file : files) {
            String name = file.where().indexOf(':') < 0
                    ? file.where()
                    : file.where().substring(0, file.where().indexOf(':'));
            if (where.startsWith("outputs[" + name + "]")) {
                return true;
            }
        }
        return false;
    }
}
