package dynoai.engine.stored;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.report.ComparisonPage;
import dynoai.schemas.grid.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The differences between two runs. Names, times and paths are ignored, so two analyses of one log with the same options are
 * equal.
 *
 * @param left a run folder or a manifest
 * @param right a run folder or a manifest
 * @param differences by field, then by file and cell; empty if the runs are equal
 */
public record Comparison(Path left, Path right, List<Difference> differences) {

    public boolean isEqual() {
        return differences.isEmpty();
    }

    /** Compares two run folders with all files, or the manifests if one is given as a manifest. */
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

    /** Returns the comparison as an HTML page. */
    public byte[] page() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Difference difference : differences) {
            rows.add(List.of(difference.where(), orPlaceholder(difference.left()), orPlaceholder(difference.right())));
        }
        return ComparisonPage.render(StoredRuns.read(left), StoredRuns.read(right), words(), rows);
    }

    /** Returns what differs in sentences, for tuners; the left run is the one before. */
    public List<String> words() throws IOException {
        return ComparisonWords.of(
                ManifestReader.read(left), StoredRuns.read(left), ManifestReader.read(right), StoredRuns.read(right));
    }

    /** Returns how a correction table changes, as a sentence. */
    public static String changeInWords(Grid before, Grid after) {
        return ComparisonWords.change(before, after);
    }

    private static String orPlaceholder(String value) {
        return value.isEmpty() ? "(nothing)" : value;
    }

    /** Drops manifest differences of files whose content differences are listed. */
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
