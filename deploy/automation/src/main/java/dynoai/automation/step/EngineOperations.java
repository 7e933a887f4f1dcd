package dynoai.automation.step;

import dynoai.engine.BatchAnalysis;
import dynoai.engine.BatchEvents;
import dynoai.engine.BatchRun;
import dynoai.engine.Calibration;
import dynoai.engine.Determinism;
import dynoai.engine.LargestCorrection;
import dynoai.engine.LogAge;
import dynoai.engine.LogPaths;
import dynoai.engine.LogResult;
import dynoai.engine.Preflight;
import dynoai.engine.PublishedRun;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.RunsReport;
import dynoai.engine.stored.StoredRuns;
import dynoai.engine.stored.Verification;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.report.SummaryPage;
import dynoai.exporter.ve.ApplyRequest;
import dynoai.exporter.ve.RollbackRequest;
import dynoai.exporter.ve.VeApply;
import dynoai.exporter.ve.VeRollback;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The engine's operations as built-in steps. A result has paths of what was written and the few numbers that later steps
 * decide on, never a table.
 */
final class EngineOperations {
    private EngineOperations() {}

    static Result analyze(Params params) throws Exception {
        @Nullable Path outdir = params.pathOrNull("outdir");
        RunTarget target = outdir == null ? RunTarget.among(Path.of("runs")) : RunTarget.exactly(outdir);
        PublishedRun report = Calibration.analyze(params.path("csv"), options(params), target);
        RunGrids grids = report.analysis().grids();
        return Result.ok()
                .with("run_id", report.runId())
                .with("run_folder", report.folder().toString())
                .with("delta", GridFile.DELTA.in(report.folder()).toString())
                .with("delta_front", GridFile.DELTA_FRONT.in(report.folder()).toString())
                .with("delta_rear", GridFile.DELTA_REAR.in(report.folder()).toString())
                .with("front_accepted", grids.front().accepted())
                .with("rear_accepted", grids.rear().accepted())
                .with("message", report.analysis().diagnostics().message());
    }

    static Result batch(Params params) throws Exception {
        AnalysisOptions options = options(params);
        Path outdir = params.path("outdir");
        List<Path> logs = LogPaths.of(params.paths("logs"));
        List<Path> older = List.of();
        if (params.has("newer")) {
            LogAge.Selection selection = LogAge.parse(params.text("newer")).select(logs, Instant.now());
            logs = selection.newer();
            older = selection.older();
        }
        Map<String, RunRequest> requests = new LinkedHashMap<>();
        for (Path log : logs) {
            String name = log.getFileName().toString();
            RunRequest request = new RunRequest(log, options, RunTarget.exactly(outdir.resolve(name)), 1);
            @Nullable RunRequest earlier = requests.put(name, request);
            if (earlier != null) {
                throw new InvalidStepException(
                        "params.logs: " + earlier.log() + " and " + log + " would share the run folder " + name);
            }
        }
        BatchRun batch =
                new BatchRun(BatchAnalysis.ofSystemTime(), Runtime.getRuntime().availableProcessors());
        List<Map<String, String>> rejected = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (LogResult outcome : batch.run(List.copyOf(requests.values()), BatchEvents.SILENT)) {
            if (outcome instanceof LogResult.Analyzed analyzed) {
                folders.add(analyzed.report().folder().toString());
            } else if (outcome instanceof LogResult.Failed failed) {
                Map<String, String> reason = new LinkedHashMap<>();
                reason.put("log", failed.log().toString());
                reason.put("reason", String.valueOf(failed.cause().getMessage()));
                rejected.add(reason);
            }
        }
        return Result.ok()
                .with("analysed", folders.size())
                .with("refused", rejected)
                .with("older", older.size())
                .with("run_folders", folders);
    }

    static Result preflight(Params params) throws Exception {
        Preflight preflight = Preflight.of(params.path("csv"), options(params));
        Preflight.Outcome outcome = preflight.outcome();
        if (outcome == null) {
            throw new LogRejectedException(Objects.requireNonNull(preflight.rejection()));
        }
        RunGrids grids = outcome.grids();
        return Result.ok()
                .with(
                        "format",
                        Objects.requireNonNull(preflight.description()).format().key())
                .with("rows", grids.rowsRead())
                .with("front_accepted", grids.front().accepted())
                .with("rear_accepted", grids.rear().accepted())
                .with("cells_covered", grids.front().coveredCells())
                .with("missing", preflight.missing())
                .with("warnings", preflight.warnings());
    }

    static Result verify(Params params) throws Exception {
        Verification verification = Verification.of(params.path("run_folder"));
        return verification.isWhole()
                ? Result.ok().with("files", verification.checked())
                : Result.failed(verification.findings().stream()
                        .map(finding -> finding.file() + " " + finding.problem())
                        .collect(Collectors.joining("; ")));
    }

    static Result compare(Params params) throws Exception {
        Comparison comparison = Comparison.of(params.path("left"), params.path("right"));
        Result result = Result.ok()
                .with("equal", comparison.isEqual())
                .with("differences", comparison.differences().size());
        @Nullable Path html = params.pathOrNull("html");
        return html == null ? result : withPage(result, comparison.page(), html);
    }

    static Result determinism(Params params) throws Exception {
        Determinism determinism = new Determinism(BatchAnalysis.ofSystemTime());
        Path path = params.path("path");
        List<Determinism.Check> checks =
                Files.isDirectory(path) ? determinism.ofRuns(path) : List.of(determinism.ofLog(path, options(params)));
        for (Determinism.Check check : checks) {
            if (!check.isEqual()) {
                return Result.failed(check.subject() + " is not equal: "
                        + (check.unchecked().isEmpty()
                                ? check.differences().size() + " differences"
                                : check.unchecked()));
            }
        }
        return Result.ok().with("compared", checks.size());
    }

    static Result veApply(Params params) throws Exception {
        Path output = params.path("output");
        ApplyRequest request = ApplyRequest.of(
                        params.path("base"), new FactorChoice.OfFile(params.path("factor")), output)
                .withMetadata(params.pathOrNull("metadata"))
                .withMaxAdjustPct(
                        params.number("max_adjust_pct", ApplyRequest.DEFAULT_MAX_ADJUST_PCT),
                        params.flag("allow_large_adjustment"))
                .withAcceptInvertedSign(params.flag("accept_inverted_sign"));
        Result result = Result.ok().with("output", output.toString());
        if (params.flag("dry_run")) {
            new VeApply().preview(request);
            return result.with("dry_run", true);
        }
        VeApply.Applied applied = new VeApply().apply(request, Instant.now());
        return result.with("metadata", applied.metadataFile().toString())
                .with("output_sha", String.valueOf(applied.metadata().outputSha()));
    }

    static Result veRollback(Params params) throws Exception {
        boolean dryRun = params.flag("dry_run");
        RollbackRequest request =
                new RollbackRequest(params.path("current"), params.path("metadata"), params.path("output"), null);
        VeRollback.RolledBack restored =
                dryRun ? new VeRollback().preview(request) : new VeRollback().rollback(request);
        return Result.ok()
                .with("output", request.output().toString())
                .with("restored", restored.restored().words())
                .with("dry_run", dryRun);
    }

    static Result maxCorrection(Params params) throws Exception {
        LargestCorrection largest = LargestCorrection.of(params.path("table"));
        return Result.ok()
                .with("max_correction", largest.magnitude())
                .with("max_correction_pct", largest.magnitude())
                .with("cells", largest.cells());
    }

    static Result summary(Params params) throws Exception {
        byte[] page = SummaryPage.render(StoredRuns.read(params.path("run_folder")));
        return withPage(Result.ok(), page, params.path("output"));
    }

    static Result report(Params params) throws Exception {
        RunsReport report = RunsReport.of(
                params.path("runs"), params.dayOrNull("from"), params.dayOrNull("to"), params.pathOrNull("drop"));
        Path output = params.path("output");
        Result result = Result.ok()
                .with("runs", report.runs().size())
                .with("rejected", report.rejected().size());
        result = withPage(result, report.page(), output);
        return report.leftOut().isEmpty()
                ? result
                : Result.failed("the report " + output + " leaves out: " + String.join("; ", report.leftOut()));
    }

    private static AnalysisOptions options(Params params) throws Exception {
        return AnalysisOptions.of(params.options());
    }

    private static Result withPage(Result result, byte[] page, Path output) throws IOException {
        Files.createDirectories(AtomicFile.folderOf(output));
        AtomicFile.write(output, page);
        return result.with("html", output.toString());
    }
}
