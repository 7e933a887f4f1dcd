package dynoai.engine.stored;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares the files of two run folders byte by byte, and tables cell by cell. */
final class FileDifferences {
    private FileDifferences() {}

    static List<Difference> between(Path left, Manifest leftManifest, Path right, Manifest rightManifest)
            throws IOException {
        Set<String> names = new TreeSet<>();
        collect(left, leftManifest, names);
        collect(right, rightManifest, names);
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            compare(name, left.resolve(name), right.resolve(name), differences);
        }
        return differences;
    }

    private static void collect(Path folder, Manifest manifest, Set<String> names) throws IOException {
        String twin = RunFolderLayout.twinManifest(manifest.runId());
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(RunFolderLayout.MANIFEST) && !name.equals(twin))
                    .forEach(names::add);
        }
    }

    private static void compare(String name, Path left, Path right, List<Difference> differences) throws IOException {
        boolean leftThere = Files.isRegularFile(left);
        boolean rightThere = Files.isRegularFile(right);
        if (!leftThere || !rightThere) {
            differences.add(
                    new Difference(name, leftThere ? "present" : "missing", rightThere ? "present" : "missing"));
            return;
        }
        long mismatch = Files.mismatch(left, right);
        if (mismatch >= 0 && !compareCells(name, left, right, differences)) {
            differences.add(
                    new Difference(name, "other bytes from byte " + mismatch + " on", Files.size(right) + " bytes"));
        }
    }

    /** Returns whether the files are tables and a cell differs. */
    private static boolean compareCells(String name, Path left, Path right, List<Difference> differences)
            throws IOException {
        if (!name.endsWith(".csv") || Files.size(left) > VeTable.MAX_BYTES || Files.size(right) > VeTable.MAX_BYTES) {
            return false;
        }
        try {
            VeTable one = VeTable.read(name, Files.readAllBytes(left));
            VeTable other = VeTable.read(name, Files.readAllBytes(right));
            return one.hasBinsOf(other) && addCells(name, one, other, differences);
        } catch (InvalidTableException e) {
            return false;
        }
    }

    private static boolean addCells(String name, VeTable left, VeTable right, List<Difference> differences) {
        boolean any = false;
        for (int row = 0; row < left.rows(); row++) {
            for (int column = 0; column < left.columns(); column++) {
                String one = cell(left.at(row, column));
                String other = cell(right.at(row, column));
                if (!one.equals(other)) {
                    String where = name + ": " + left.rpmLabel(row) + " rpm, " + left.kpaLabel(column) + " kPa";
                    differences.add(new Difference(where, one, other));
                    any = true;
                }
            }
        }
        return any;
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "empty" : Json.shortest(value);
    }
}
