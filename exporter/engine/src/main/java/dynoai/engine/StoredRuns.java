package dynoai.engine;

import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.report.RunsPage.RejectedLog;
import dynoai.exporter.report.StoredRun;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.json.Json;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads runs back from their folders, and only what their manifests vouch for. */
public final class StoredRuns {
    private static final int LARGEST_REASON = 1 << 20;
    private static final int DEEPEST_REASON = 4;

    private StoredRuns() {}

    /** One run of the shop {@code local}. */
    public static StoredRun read(Path folder) throws IOException {
        return read(folder, RunKey.LOCAL_SHOP);
    }

    /**
     * The runs at or below a folder that were made on certain days, the oldest first. A run in a folder of its shop is that
     * shop's.
     *
     * @param from first day, {@code YYYY-MM-DD} in UTC
     * @param to last day
     * @param refused told of each folder that is no run any more, and why; the others are read all the same
     */
    public static List<StoredRun> between(Path root, String from, String to, Consumer<String> refused)
            throws IOException {
        List<StoredRun> runs = new ArrayList<>();
        for (Path folder : Determinism.runsIn(root)) {
            try {
                String made = ManifestReader.read(folder).text("created_at");
                if (isWithin(made, from, to)) {
                    Path inRoot = root.relativize(folder);
                    runs.add(read(
                            folder,
                            inRoot.getNameCount() > 1 ? inRoot.getName(0).toString() : RunKey.LOCAL_SHOP));
                }
            } catch (InvalidRunFolderException changed) {
                refused.accept(String.valueOf(changed.getMessage()));
            }
        }
        runs.sort(Comparator.comparing(StoredRun::createdAt).thenComparing(StoredRun::runId));
        return runs;
    }

    /** The logs that a drop root put aside on certain days, by day and name. */
    public static List<RejectedLog> rejectedBetween(Path drop, String from, String to) throws IOException {
        Path rejected = drop.resolve("rejected");
        List<RejectedLog> logs = new ArrayList<>();
        if (!Files.isDirectory(rejected)) {
            return logs;
        }
        List<Path> reasons;
        try (Stream<Path> found = Files.find(rejected, DEEPEST_REASON, (path, at) -> path.endsWith("reason.json"))) {
            reasons = found.sorted().toList();
        }
        for (Path reason : reasons) {
            String day = rejected.relativize(reason).getName(0).toString();
            if (isWithin(day, from, to)) {
                logs.add(rejectedLog(day, reason));
            }
        }
        return logs;
    }

    private static RejectedLog rejectedLog(String day, Path reason) throws IOException {
        @Nullable Object json = Files.size(reason) > LARGEST_REASON ? null : Json.read(Files.readAllBytes(reason));
        if (!(json instanceof Map<?, ?> fields)) {
            return new RejectedLog(day, String.valueOf(reason.getParent()), "", "its reason cannot be read");
        }
        String hint = text(fields, "hint");
        String message = text(fields, "message");
        return new RejectedLog(
                day,
                text(fields, "file"),
                text(fields, "code"),
                hint.isEmpty() || message.contains(hint) ? message : message + " " + hint);
    }

    private static boolean isWithin(String time, String from, String to) {
        String day = time.length() < 10 ? time : time.substring(0, 10);
        return day.compareTo(from) >= 0 && day.compareTo(to) <= 0;
    }

    private static StoredRun read(Path place, String shop) throws IOException {
        Manifest manifest = ManifestReader.read(place);
        Path folder = ManifestReader.fileOf(place).resolveSibling("");
        String input = manifest.text("input", "path");
        Grid combined = table(folder, manifest, GridFile.DELTA);
        return new StoredRun(
                manifest.runId(),
                shop,
                Vehicle.of(input, manifest.text("args", "base_front")),
                Vehicle.fileName(input),
                manifest.text("created_at"),
                manifest.ok(),
                manifest.text("message"),
                manifest.mathVersion(),
                manifest.text("app_version"),
                manifest.whole("stats", "rows_read"),
                manifest.whole("stats", "front_accepted"),
                manifest.whole("stats", "rear_accepted"),
                manifest.whole("stats", "cells_clamped"),
                manifest.whole("stats", "anomalies"),
                largest(combined),
                combined,
                table(folder, manifest, GridFile.DELTA_FRONT),
                table(folder, manifest, GridFile.DELTA_REAR),
                table(folder, manifest, GridFile.COVERAGE_FRONT),
                table(folder, manifest, GridFile.COVERAGE_REAR),
                options(manifest.fields("args")));
    }

    /** Returns a grid of the run; empty for a failed run. A grid that differs from the manifest is an error. */
    private static Grid table(Path folder, Manifest manifest, GridFile grid) throws IOException {
        if (!manifest.ok()) {
            return Grid.EMPTY;
        }
        Path file = grid.in(folder);
        for (ManifestOutput output : manifest.outputs()) {
            if (output.file().equals(grid.file())) {
                if (Files.size(file) != output.sizeBytes()) {
                    throw new InvalidRunFolderException(file + " was changed since the run: it has " + Files.size(file)
                            + " bytes, the manifest says " + output.sizeBytes());
                }
                byte[] bytes = Files.readAllBytes(file);
                if (!Sha256.hex(bytes).equals(output.sha256())) {
                    throw new InvalidRunFolderException(file + " was changed since the run: its SHA-256 is "
                            + Sha256.hex(bytes) + ", the manifest says " + output.sha256());
                }
                try {
                    return GridCsv.read(grid.file(), bytes);
                } catch (InvalidTableException e) {
                    throw new InvalidRunFolderException(String.valueOf(e.getMessage()));
                }
            }
        }
        throw new InvalidRunFolderException("the manifest in " + folder + " lists no " + grid.file());
    }

    private static double largest(Grid grid) {
        int cell = grid.largestCell();
        return cell < 0 ? Double.NaN : Math.abs(grid.at(cell));
    }

    private static Map<String, String> options(Map<?, ?> args) {
        Map<String, String> options = new LinkedHashMap<>();
        args.forEach((name, value) -> {
            boolean isPath = name.equals("base_front") || name.equals("base_rear");
            if (name instanceof String key && value != null && !isPath) {
                options.put(
                        key,
                        value instanceof String text
                                ? text
                                : new String(Json.canonical(value), StandardCharsets.UTF_8));
            }
        });
        return options;
    }

    private static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }
}
