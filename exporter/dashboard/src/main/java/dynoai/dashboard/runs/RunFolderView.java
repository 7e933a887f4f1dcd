package dynoai.dashboard.runs;

import dynoai.catalogue.shelf.GridTable;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.verdict.Corrections;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON of one run folder. */
public final class RunFolderView {
    private static final int MAX_PASTE_BYTES = 1 << 16;
    private static final List<GridFile> GRIDS = List.of(
            GridFile.DELTA_FRONT,
            GridFile.DELTA_REAR,
            GridFile.DELTA,
            GridFile.ERROR_FRONT,
            GridFile.ERROR_REAR,
            GridFile.COVERAGE_FRONT,
            GridFile.COVERAGE_REAR,
            GridFile.SPARK_FRONT,
            GridFile.SPARK_REAR,
            GridFile.TORQUE_FRONT,
            GridFile.TORQUE_REAR);

    private final Path folder;
    private final Manifest manifest;

    private RunFolderView(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Returns the view of a folder; empty if it is not a run folder. */
    public static Optional<RunFolderView> of(Path folder) throws IOException {
        return ManifestReader.find(folder).map(manifest -> new RunFolderView(folder, manifest));
    }

    public Path path() {
        return folder;
    }

    /** Returns how the log was read, with which options, the findings, and the list of files. */
    public Map<String, @Nullable Object> details() throws IOException {
        return new Fields()
                .put("message", manifest.text("message"))
                .put("last_stage", manifest.text("last_stage"))
                .put("app_version", manifest.text("app_version"))
                .put("fingerprint", manifest.fingerprint())
                .put("input", manifest.value("input"))
                .put("columns", manifest.value("columns"))
                .put("args", manifest.value("args"))
                .put("kernel", manifest.value("kernel"))
                .put("stats", manifest.value("stats"))
                .put("cells_weak", weakCells())
                .put("verdict", manifest.ok() ? VerdictView.of(Verdict.read(folder, manifest)) : null)
                .put("gates", gates())
                .put("anomalies", anomalies())
                .put("files", files())
                .map();
    }

    /**
     * Returns the existing grids, with cells as texts, and of each cell the hits, the spread, how far it can be trusted, and the
     * value before the clamp.
     */
    public List<Object> grids() throws IOException {
        List<Object> grids = new ArrayList<>();
        Corrections corrections = Corrections.read(folder, manifest);
        for (GridFile grid : GRIDS) {
            Optional<GridTable> table = GridTable.read(grid.in(folder));
            if (table.isPresent()) {
                grids.add(grid(grid, table.get(), corrections));
            }
        }
        return grids;
    }

    private Object grid(GridFile grid, GridTable table, Corrections corrections) throws IOException {
        @Nullable Cylinder cylinder = grid.cylinder();
        boolean delta = grid.kind() == GridFile.Kind.DELTA;
        List<CylinderFigures> rest = Stream.of(Cylinder.values())
                .filter(each -> cylinder == null || each == cylinder)
                .map(corrections::of)
                .toList();
        @Nullable CylinderFigures own = cylinder == null ? null : corrections.of(cylinder);
        return new Fields()
                .put("id", grid.name().toLowerCase(Locale.ROOT))
                .put("title", grid.kind().title())
                .put("cylinder", cylinder == null ? "" : cylinder.key())
                .put("unit", grid.kind().unit())
                .put("signed", grid.kind().isSigned())
                .put("span", span(grid.kind()))
                .put("file", grid.file())
                .put("paste", paste(grid))
                .put("rows", table.rows())
                .put("hits", hits(cylinder))
                .put(
                        "mad",
                        GridTable.rows(cell -> own == null
                                ? ""
                                : Figures.number(own.ridden().mad().at(cell), 2, false)))
                .put(
                        "trust",
                        GridTable.rows(cell -> rest.stream()
                                .map(each -> each.ridden().trust(cell))
                                .min(Comparator.naturalOrder())
                                .orElseThrow()
                                .key()))
                .put(
                        "before_clamp",
                        GridTable.rows(cell -> own == null || !delta
                                ? ""
                                : Figures.percent(own.beforeClamp().at(cell))))
                .put(
                        "clamped",
                        !delta
                                ? List.of()
                                : own == null
                                        ? table.atClamp(manifest.number("args", "clamp"))
                                        : own.ridden().cut().stream().sorted().toList())
                .map();
    }

    /** Returns the value with the strongest colour, as in the report; NaN for the largest of the table. */
    private double span(GridFile.Kind kind) {
        return switch (kind) {
            case DELTA -> manifest.number("args", "clamp");
            case AFR_ERROR -> HeatScale.FULL_ERROR_PERCENT;
            case SPARK -> HeatScale.FULL_SPARK_DEG;
            default -> Double.NaN;
        };
    }

    /** Returns a file of the manifest, or the manifest itself; empty for any other name. */
    public Optional<Path> file(String name) {
        boolean listed = name.equals(RunFolderLayout.MANIFEST)
                || manifest.outputs().stream().anyMatch(output -> output.file().equals(name));
        Path file = listed ? folder.resolve(name) : folder;
        return folder.equals(file.getParent()) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(file)
                : Optional.empty();
    }

    /** Returns the engine speeds and pressures of the grids. */
    public static Map<String, @Nullable Object> axes() {
        return new Fields()
                .put(
                        "rpm",
                        IntStream.range(0, GridAxes.RPM_COUNT)
                                .mapToObj(GridAxes::rpm)
                                .toList())
                .put(
                        "kpa",
                        IntStream.range(0, GridAxes.KPA_COUNT)
                                .mapToObj(GridAxes::kpa)
                                .toList())
                .map();
    }

    /** Returns the number of cells of the combined delta that rest on too few accepted rows of both cylinders. */
    private long weakCells() throws IOException {
        Optional<GridTable> delta = GridTable.read(GridFile.DELTA.in(folder));
        long[] samples = new long[GridAxes.CELLS];
        for (Cylinder cylinder : Cylinder.values()) {
            Optional<GridTable> coverage =
                    GridTable.read(GridFile.of(GridFile.Kind.COVERAGE, cylinder).in(folder));
            for (int cell = 0; cell < GridAxes.CELLS && coverage.isPresent() && accepted(cylinder) > 0; cell++) {
                samples[cell] += coverage.get().whole(cell);
            }
        }
        return IntStream.range(0, GridAxes.CELLS)
                .filter(cell -> delta.isPresent()
                        && !Double.isNaN(delta.get().at(cell))
                        && samples[cell] < Diagnostics.ENOUGH_SAMPLES)
                .count();
    }

    private long accepted(Cylinder cylinder) {
        return manifest.whole("stats", cylinder.key() + "_accepted");
    }

    /** Whether a grid may be pasted: nothing of a run without accepted rows, and no delta of a cylinder without any. */
    private boolean isPasteable(GridFile grid) {
        Cylinder cylinder = grid.cylinder();
        if (grid.kind() != GridFile.Kind.DELTA) {
            return accepted(Cylinder.FRONT) + accepted(Cylinder.REAR) > 0;
        }
        return cylinder == null ? accepted(Cylinder.FRONT) > 0 && accepted(Cylinder.REAR) > 0 : accepted(cylinder) > 0;
    }

    /** Returns the hits of a cylinder, or of both together; null if they are unknown. */
    private @Nullable Object hits(@Nullable Cylinder cylinder) {
        if (cylinder != null) {
            return manifest.value("diagnostics", cylinder.key(), "per_bin_stats", "hits");
        }
        List<Object> sums = new ArrayList<>();
        List<JsonTree> front = new JsonTree(hits(Cylinder.FRONT)).items();
        List<JsonTree> rear = new JsonTree(hits(Cylinder.REAR)).items();
        for (int row = 0; row < Math.min(front.size(), rear.size()); row++) {
            List<JsonTree> one = front.get(row).items();
            List<JsonTree> other = rear.get(row).items();
            sums.add(IntStream.range(0, Math.min(one.size(), other.size()))
                    .mapToObj(column ->
                            one.get(column).whole() + other.get(column).whole())
                    .toList());
        }
        return sums;
    }

    private String paste(GridFile grid) throws IOException {
        @Nullable String name = grid.pasteFile();
        Path file = folder.resolve(name == null ? "" : name);
        return isPasteable(grid) && Files.isRegularFile(file) && Files.size(file) <= MAX_PASTE_BYTES
                ? Files.readString(file, StandardCharsets.UTF_8)
                : "";
    }

    private Map<String, @Nullable Object> gates() {
        Fields gates = new Fields();
        for (Cylinder cylinder : Cylinder.values()) {
            Fields counters = new Fields();
            manifest.fields("diagnostics", cylinder.key()).forEach((name, count) -> {
                if (count instanceof Number && name instanceof String text) {
                    counters.put(text, count);
                }
            });
            gates.put(cylinder.key(), counters.map());
        }
        return gates.map();
    }

    private List<?> anomalies() throws IOException {
        Path file = RunFolderLayout.ANOMALIES.in(folder);
        @Nullable
        Object anomalies =
                Files.isRegularFile(file) ? JsonTree.read(file).at("anomalies").value() : null;
        return anomalies instanceof List<?> list ? list : List.of();
    }

    /** Returns the runs of an accumulated map; empty for a run. */
    List<String> mappedRuns() {
        return new JsonTree(manifest.value("session", "runs"))
                .items().stream().map(run -> run.at("run_id").text()).toList();
    }

    List<Object> files() throws IOException {
        List<Object> files = new ArrayList<>();
        for (ManifestOutput output : manifest.outputs()) {
            if (file(output.file()).isPresent()) {
                files.add(file(output.file(), output.type(), output.sizeBytes(), output.sha256()));
            }
        }
        Path own = RunFolderLayout.manifestIn(folder);
        files.add(file(RunFolderLayout.MANIFEST, "json", Files.size(own), Sha256.hex(own)));
        return files;
    }

    private static Object file(String name, String type, long sizeBytes, String sha256) {
        return new Fields()
                .put("file", name)
                .put("type", type)
                .put("size_bytes", sizeBytes)
                .put("sha256", sha256)
                .map();
    }
}
