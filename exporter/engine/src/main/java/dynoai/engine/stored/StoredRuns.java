package dynoai.engine.stored;

import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.report.RunsPage.RejectedLog;
import dynoai.exporter.report.StoredRun;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
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

/** Reads stored runs. Grids that differ from the manifest are rejected. */
public final class StoredRuns {
    private static final int MAX_RUN_DEPTH = 4;
    private static final int MAX_REASON_BYTES = 1 << 20;
    private static final int MAX_REASON_DEPTH = 4;

    private StoredRuns() {}

    /** Returns the run folders at or below a folder, by path. */
    public static List<Path> foldersIn(Path root) throws IOException {
        try (Stream<Path> manifests = Files.find(
                root,
                MAX_RUN_DEPTH,
                (path, at) -> path.endsWith(RunFolderLayout.MANIFEST),
                FileVisitOption.FOLLOW_LINKS)) {
            return manifests
                    .map(manifest -> manifest.resolveSibling(""))
                    .filter(run -> isShown(root.relativize(run)))
                    .sorted()
                    .toList();
        }
    }

    /** Whether no folder on the way is hidden, as unfinished runs and the maps of sessions are. */
    private static boolean isShown(Path inRoot) {
        for (Path name : inRoot) {
            if (name.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    /** Reads a run of the shop {@code local}. */
    public static StoredRun read(Path folder) throws IOException {
        return read(folder, RunKey.LOCAL_SHOP);
    }

    /**
     * Returns the runs of a period at or below a folder, oldest first. The first folder below the root names the shop.
     *
     * @param from first day, {@code YYYY-MM-DD} in UTC
     * @param to last day
     * @param skipped receives the reason for each folder that is not a valid run
     */
    public static List<StoredRun> between(Path root, String from, String to, Consumer<String> skipped)
            throws IOException {
        List<StoredRun> runs = new ArrayList<>();
        for (Path folder : foldersIn(root)) {
            try {
                String made = ManifestReader.read(folder).text("created_at");
                if (isWithin(made, from, to)) {
                    Path inRoot = root.relativize(folder);
                    runs.add(read(
                            folder,
                            inRoot.getNameCount() > 1 ? inRoot.getName(0).toString() : RunKey.LOCAL_SHOP));
                }
            } catch (InvalidRunFolderException e) {
                skipped.accept(String.valueOf(e.getMessage()));
            }
        }
        runs.sort(Comparator.comparing(StoredRun::createdAt).thenComparing(StoredRun::runId));
        return runs;
    }

    /** Returns the rejected logs of a drop folder and a period, by day and name. */
    public static List<RejectedLog> rejectedBetween(Path drop, String from, String to) throws IOException {
        Path rejected = drop.resolve("rejected");
        List<RejectedLog> logs = new ArrayList<>();
        if (!Files.isDirectory(rejected)) {
            return logs;
        }
        List<Path> reasons;
        try (Stream<Path> found = Files.find(rejected, MAX_REASON_DEPTH, (path, at) -> path.endsWith("reason.json"))) {
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

    private static RejectedLog rejectedLog(String day, Path file) throws IOException {
        JsonTree reason =
                new JsonTree(Files.size(file) > MAX_REASON_BYTES ? null : Json.read(Files.readAllBytes(file)));
        if (!(reason.value() instanceof Map<?, ?>)) {
            return new RejectedLog(day, String.valueOf(file.getParent()), "", "its reason cannot be read");
        }
        String hint = reason.at("hint").text();
        String message = reason.at("message").text();
        return new RejectedLog(
                day,
                reason.at("file").text(),
                reason.at("code").text(),
                hint.isEmpty() || message.contains(hint) ? message : message + " " + hint);
    }

    /** Whether a time, or a day, is between two days, both inclusive. */
    public static boolean isWithin(String time, String from, String to) {
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
                combined.isEmpty() ? Double.NaN : Math.abs(combined.at(combined.largestCell())),
                combined,
                table(folder, manifest, GridFile.DELTA_FRONT),
                table(folder, manifest, GridFile.DELTA_REAR),
                table(folder, manifest, GridFile.COVERAGE_FRONT),
                table(folder, manifest, GridFile.COVERAGE_REAR),
                options(manifest.fields("args")),
                manifest.ok() ? Verdict.read(folder, manifest) : null);
    }

    /** Returns a grid of the run; empty for a failed run. A grid that differs from the manifest is an error. */
    static Grid table(Path folder, Manifest manifest, GridFile grid) throws IOException {
        if (!manifest.ok()) {
            return Grid.EMPTY;
        }
        Path file = grid.in(folder);
        for (ManifestOutput output : manifest.outputs()) {
            if (output.file().equals(grid.file())) {
                byte[] bytes = Files.readAllBytes(file);
                @Nullable String problem = output.problemIn(folder);
                if (problem != null) {
                    throw new InvalidRunFolderException(file + " was changed since the run: " + problem);
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
}
