package dynoai.exporter;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.diagnose.AnomalyHypotheses;
import dynoai.exporter.kernel.KernelProfile;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.Stage;
import dynoai.exporter.manifest.UtcTime;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.ProductVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a manifest, in the order of the file. */
final class ManifestFields {
    private ManifestFields() {}

    static Manifest of(AnalysisResult analysis, RunMetadata metadata, List<ManifestOutput> outputs) {
        FailedRun asRun = new FailedRun(
                analysis.input(),
                analysis.baseTables(),
                analysis.options(),
                analysis.description(),
                analysis.grids(),
                Stage.EXPORT,
                "");
        return manifest(asRun, analysis, metadata, outputs);
    }

    static Manifest ofFailure(FailedRun run, RunMetadata metadata, List<ManifestOutput> outputs) {
        return manifest(run, null, metadata, outputs);
    }

    private static Manifest manifest(
            FailedRun run, @Nullable AnalysisResult analysis, RunMetadata metadata, List<ManifestOutput> outputs) {
        AnalysisOptions options = run.options();
        @Nullable RunGrids grids = run.grids();
        Instant ended = metadata.clock().instant();
        String began = UtcTime.format(metadata.started());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", metadata.runId());
        fields.put("created_at", began);
        fields.put("ok", analysis != null);
        fields.put("last_stage", run.lastStage().key());
        fields.put("message", analysis != null ? analysis.diagnostics().message() : run.message());
        fields.put("app_version", analysis != null ? analysis.appVersion() : ProductVersion.VERSION);
        fields.put("math_version", options.mathVersion().label());
        fields.put("input", input(run, metadata.inputPath()));
        fields.put("args", args(options, run.baseTables()));
        fields.put("columns", columns(run.description()));
        fields.put("kernel", kernel(options));
        fields.put("timing", timing(metadata.started(), ended));
        fields.put("stats", stats(grids, analysis));
        fields.put("diagnostics", diagnostics(grids, options));
        List<Object> files = new ArrayList<>();
        outputs.forEach(output -> files.add(output.toJson()));
        fields.put("outputs", files);
        fields.put("timestamp_utc", began);
        fields.put("input_csv", metadata.inputPath());
        fields.put("max_clamp_pct", options.number(Option.CLAMP));
        fields.put("smooth_passes", options.whole(Option.SMOOTH_PASSES));
        fields.put("total_rows", of(grids, RunGrids::rowsRead));
        fields.put(
                "valid_afr_samples",
                of(grids, sums -> sums.front().accepted() + sums.rear().accepted()));
        return Manifest.of(fields);
    }

    private static Map<String, @Nullable Object> input(FailedRun run, String path) {
        @Nullable LogDescription description = run.description();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("path", path);
        fields.put("sha256", run.input().sha256());
        fields.put("size_bytes", run.input().sizeBytes());
        fields.put("rows", of(run.grids(), RunGrids::rowsRead));
        fields.put("format", description == null ? null : description.format().key());
        return fields;
    }

    private static Map<String, @Nullable Object> args(AnalysisOptions options, BaseTables baseTables) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(options.toMap());
        fields.put("base_front_sha256", baseTables.sha256(Cylinder.FRONT));
        fields.put("base_rear_sha256", baseTables.sha256(Cylinder.REAR));
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> columns(@Nullable LogDescription description) {
        if (description == null) {
            return null;
        }
        List<Object> sources = new ArrayList<>();
        for (LogDescription.Source source : description.sources()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("channel", source.channel().key());
            fields.put("role", source.role());
            fields.put("header", source.header());
            sources.add(fields);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("encoding", description.encoding());
        fields.put("delimiter", description.delimiter());
        fields.put("headers", description.headers());
        fields.put("sources", sources);
        fields.put("front_afr", description.frontAfr());
        fields.put("rear_afr", description.rearAfr());
        fields.put("one_wideband_for_both", description.oneWidebandForBoth());
        fields.put("conversions", description.conversions());
        fields.put("notes", description.notes());
        addLaterFields(fields, description);
        return fields;
    }

    /** Adds what version 1.0.0 did not know, where there is any, so that manifests of logs without it stay as they were. */
    private static void addLaterFields(Map<String, @Nullable Object> fields, LogDescription description) {
        if (description.preambleLines() > 0) {
            fields.put("preamble_lines", description.preambleLines());
        }
        if (description.weightsByHits()) {
            fields.put("weights_by_hits", true);
        }
        if (!description.passedOver().isEmpty()) {
            List<Object> passedOver = new ArrayList<>();
            for (LogDescription.PassedOver column : description.passedOver()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("channel", column.channel().key());
                entry.put("header", column.header());
                entry.put("reason", column.reason());
                passedOver.add(entry);
            }
            fields.put("passed_over", passedOver);
        }
    }

    private static Map<String, @Nullable Object> kernel(AnalysisOptions options) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", KernelProfile.VERSION);
        fields.put("alpha", KernelProfile.ALPHA);
        fields.put("center_bias", KernelProfile.CENTER_BIAS);
        fields.put("min_hits", KernelProfile.MIN_HITS);
        fields.put("dist_pow", KernelProfile.DISTANCE_POWER);
        fields.put("gradient_threshold", options.number(Option.GRADIENT_THRESHOLD));
        return fields;
    }

    private static Map<String, @Nullable Object> timing(Instant started, Instant ended) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("start", UtcTime.format(started));
        fields.put("end", UtcTime.format(ended));
        fields.put("elapsed_s", Duration.between(started, ended).toMillis() / 1000.0);
        return fields;
    }

    private static Map<String, @Nullable Object> stats(@Nullable RunGrids grids, @Nullable AnalysisResult analysis) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rows_read", of(grids, RunGrids::rowsRead));
        fields.put("rows_unreadable", of(grids, RunGrids::unreadable));
        fields.put("rows_processed", of(grids, RunGrids::processed));
        fields.put("rows_outside_grid", of(grids, RunGrids::rowsOutsideGrid));
        fields.put("bins_total", GridAxes.CELLS);
        fields.put("bins_covered", of(grids, sums -> sums.front().coveredCells()));
        fields.put("front_accepted", of(grids, sums -> sums.front().accepted()));
        fields.put("rear_accepted", of(grids, sums -> sums.rear().accepted()));
        if (analysis != null) {
            fields.put("cells_clamped", analysis.kernels().combined().clampedCells());
            fields.put("largest_correction_pct", analysis.kernels().combined().largestPercent());
            fields.put("anomalies", analysis.diagnostics().anomalies().size());
        }
        return fields;
    }

    /** Returns a value of the sums; null without sums. */
    private static @Nullable Object of(@Nullable RunGrids grids, Function<RunGrids, Object> value) {
        return grids == null ? null : value.apply(grids);
    }

    private static Map<String, @Nullable Object> diagnostics(@Nullable RunGrids grids, AnalysisOptions options) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Cylinder cylinder : Cylinder.values()) {
            fields.put(cylinder.key(), grids == null ? null : diagnostics(grids.of(cylinder), options));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> diagnostics(RunGrids.CylinderGrids cylinder, AnalysisOptions options) {
        Map<String, @Nullable Object> bins = new LinkedHashMap<>();
        bins.put("mad", rows(cell -> cell(cylinder.mad(), cell)));
        bins.put("hits", rows(cylinder.coverage()::get));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(AnomalyHypotheses.counters(cylinder, options));
        fields.put("per_bin_stats", bins);
        return fields;
    }

    private interface CellValue {
        @Nullable
        Object of(int cell);
    }

    private static List<Object> rows(CellValue value) {
        List<Object> rows = new ArrayList<>();
        for (int row = 0; row < GridAxes.RPM_COUNT; row++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int column = 0; column < GridAxes.KPA_COUNT; column++) {
                cells.add(value.of(row * GridAxes.KPA_COUNT + column));
            }
            rows.add(cells);
        }
        return rows;
    }

    private static @Nullable Object cell(Grid grid, int cell) {
        return grid.isEmpty(cell) ? null : grid.at(cell);
    }
}
