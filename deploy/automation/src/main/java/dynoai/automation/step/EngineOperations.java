package dynoai.automation.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.automation.disk.WholeFile;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.BatchEvents;
import dynoai.engine.BatchRun;
import dynoai.engine.Calibration;
import dynoai.engine.Comparison;
import dynoai.engine.Determinism;
import dynoai.engine.LogOutcome;
import dynoai.engine.Preflight;
import dynoai.engine.RunReport;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.StoredRuns;
import dynoai.engine.Verification;
import dynoai.exporter.report.RunsPage;
import dynoai.exporter.report.StoredRun;
import dynoai.exporter.report.SummaryPage;
import dynoai.exporter.ve.ApplyRequest;
import dynoai.exporter.ve.FactorChoice;
import dynoai.exporter.ve.RollbackRequest;
import dynoai.exporter.ve.VeApply;
import dynoai.exporter.ve.VeRollback;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.ProductVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations, done by the engine in this process. */
public final class EngineOperations implements Operations {
    private static final String DELTA = "VE_Correction_Delta_DYNO.csv";
    private static final String FIRST_DAY = "0000-01-01";
    private static final String LAST_DAY = "9999-12-31";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Result analyze(Path csv, @Nullable Path outdir, Map<String, String> options) throws Exception {
        RunTarget target = outdir == null ? RunTarget.among(Path.of("runs")) : RunTarget.exactly(outdir);
        RunReport report = Calibration.analyze(csv, AnalysisOptions.of(options), target);
        Path folder = report.folder();
        JsonNode manifest = JSON.readTree(folder.resolve("manifest.json").toFile());
        return Result.ok()
                .with("run_id", report.runId())
                .with("run_folder", folder.toString())
                .with("delta", folder.resolve(DELTA).toString())
                .with(
                        "delta_front",
                        folder.resolve("VE_Correction_Delta_Front.csv").toString())
                .with(
                        "delta_rear",
                        folder.resolve("VE_Correction_Delta_Rear.csv").toString())
                .with("front_accepted", manifest.at("/stats/front_accepted").asLong())
                .with("rear_accepted", manifest.at("/stats/rear_accepted").asLong())
                .with("message", manifest.path("message").asText());
    }

    @Override
    public Result batch(List<Path> logs, Path outdir, Map<String, String> options) throws Exception {
        AnalysisOptions resolved = AnalysisOptions.of(options);
        List<RunRequest> requests = new ArrayList<>();
        Map<String, Path> logOfFolder = new LinkedHashMap<>();
        for (Path log : logsIn(logs)) {
            String name = String.valueOf(log.getFileName());
            Path earlier = logOfFolder.put(name, log);
            if (earlier != null) {
                throw new InvalidStepException(
                        "params.logs: " + earlier + " and " + log + " would share the run folder " + name);
            }
            requests.add(new RunRequest(log, resolved, RunTarget.exactly(outdir.resolve(name)), 1));
        }
        List<Map<String, String>> refused = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        int jobs = Runtime.getRuntime().availableProcessors();
        for (LogOutcome outcome : new BatchRun(BatchAnalysis.ofSystemTime(), jobs).run(requests, new Unwatched())) {
            if (outcome instanceof LogOutcome.Analyzed) {
                folders.add(((LogOutcome.Analyzed) outcome).report().folder().toString());
            } else {
                Map<String, String> reason = new LinkedHashMap<>();
                reason.put("log", outcome.log().toString());
                reason.put(
                        "reason",
                        String.valueOf(((LogOutcome.Failed) outcome).cause().getMessage()));
                refused.add(reason);
            }
        }
        return Result.ok()
                .with("analysed", folders.size())
                .with("refused", refused)
                .with("run_folders", folders);
    }

    /** The logs named, and those directly in the folders named, by path. */
    private static List<Path> logsIn(List<Path> given) throws Exception {
        List<Path> logs = new ArrayList<>();
        for (Path path : given) {
            if (!Files.isDirectory(path)) {
                logs.add(path);
                continue;
            }
            try (Stream<Path> files = Files.list(path)) {
                logs.addAll(files.filter(EngineOperations::isLog).sorted().collect(Collectors.toList()));
            }
        }
        return logs;
    }

    private static boolean isLog(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches("(?i)[^.].*\\.(csv|txt|log)") && Files.isRegularFile(file);
    }

    @Override
    public Result preflight(Path csv, Map<String, String> options) throws Exception {
        Preflight preflight = Preflight.of(csv, AnalysisOptions.of(options));
        return Result.ok()
                .with("rows", preflight.grids().rowsRead())
                .with("front_accepted", preflight.grids().front().accepted())
                .with("rear_accepted", preflight.grids().rear().accepted())
                .with("cells_covered", preflight.coveredCells(Cylinder.FRONT))
                .with("missing", preflight.missing())
                .with("warnings", preflight.warnings());
    }

    @Override
    public Result verify(Path runFolder) throws Exception {
        Verification verification = Verification.of(runFolder);
        if (!verification.isWhole()) {
            return Result.failed(verification.findings().stream()
                    .map(finding -> finding.file() + " " + finding.problem())
                    .collect(Collectors.joining("; ")));
        }
        return Result.ok().with("files", verification.checked());
    }

    @Override
    public Result compare(Path left, Path right, @Nullable Path html) throws Exception {
        Comparison comparison = Comparison.of(left, right);
        Result result = Result.ok()
                .with("equal", comparison.isEqual())
                .with("differences", comparison.differences().size());
        if (html == null) {
            return result;
        }
        return written(result, comparison.page(), html);
    }

    @Override
    public Result determinism(Path logOrRuns, Map<String, String> options) throws Exception {
        Determinism determinism = new Determinism(BatchAnalysis.ofSystemTime());
        List<Determinism.Check> checks = new ArrayList<>();
        if (Files.isDirectory(logOrRuns)) {
            for (Path run : Determinism.runsIn(logOrRuns)) {
                checks.add(determinism.ofRun(run));
            }
        } else {
            checks.add(determinism.ofLog(logOrRuns, AnalysisOptions.of(options)));
        }
        for (Determinism.Check check : checks) {
            if (!check.isEqual()) {
                return Result.failed(check.subject() + " did not come out the same: "
                        + (check.unchecked().isEmpty()
                                ? check.differences().size() + " differences"
                                : check.unchecked()));
            }
        }
        return Result.ok().with("compared", checks.size());
    }

    @Override
    public Result veApply(VeApplication request) throws Exception {
        ApplyRequest apply = ApplyRequest.of(
                        request.base(), new FactorChoice.OfFile(request.factor()), request.output())
                .withMetadata(request.metadata())
                .withMaxAdjustPct(request.maxAdjustPercent(), request.allowLargeAdjustment())
                .withAcceptInvertedSign(request.acceptInvertedSign());
        if (request.dryRun()) {
            new VeApply().preview(apply);
            return Result.ok().with("output", request.output().toString()).with("dry_run", true);
        }
        VeApply.Applied applied = new VeApply().apply(apply, Instant.now());
        return Result.ok()
                .with("output", request.output().toString())
                .with("metadata", applied.metadataFile().toString())
                .with("output_sha", String.valueOf(applied.metadata().outputSha()));
    }

    @Override
    public Result veRollback(Path current, Path metadata, Path output, boolean dryRun) throws Exception {
        RollbackRequest request = new RollbackRequest(current, metadata, output, null);
        VeRollback.RolledBack restored =
                dryRun ? new VeRollback().preview(request) : new VeRollback().rollback(request);
        return Result.ok()
                .with("output", output.toString())
                .with("restored", restored.restored().words())
                .with("dry_run", dryRun);
    }

    @Override
    public Result maxCorrection(Path table) throws Exception {
        Grid grid = Calibration.readGrid(Files.isDirectory(table) ? table.resolve(DELTA) : table);
        double largest = 0;
        int cells = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!grid.isEmpty(cell)) {
                largest = Math.max(largest, Math.abs(grid.at(cell)));
                cells++;
            }
        }
        return cells == 0
                ? Result.failed(table + " has no cell with data, so nothing can be said about its largest correction")
                : Result.ok().with("max_correction", largest).with("cells", cells);
    }

    @Override
    public Result summary(Path runFolder, Path output) throws Exception {
        return written(Result.ok(), SummaryPage.render(StoredRuns.read(runFolder)), output);
    }

    @Override
    public Result report(Path runs, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Path drop, Path output)
            throws Exception {
        if (!Files.isDirectory(runs)) {
            return Result.failed("there is no folder " + runs);
        }
        String first = from == null ? FIRST_DAY : from.toString();
        String last = to == null ? LAST_DAY : to.toString();
        List<String> changed = new ArrayList<>();
        List<StoredRun> found = StoredRuns.between(runs, first, last, changed::add);
        List<RunsPage.RejectedLog> rejected = drop == null ? List.of() : StoredRuns.rejectedBetween(drop, first, last);
        String period = from == null && to == null
                ? "of all days"
                : (from == null ? "" : "from " + first + " ") + (to == null ? "" : "to " + last);
        byte[] page = RunsPage.render(period.strip(), found, rejected, ProductVersion.VERSION);
        Result written =
                written(Result.ok().with("runs", found.size()).with("rejected", rejected.size()), page, output);
        return changed.isEmpty()
                ? written
                : Result.failed("the report " + output + " leaves out: " + String.join("; ", changed));
    }

    private static Result written(Result result, byte[] page, Path output) throws IOException {
        WholeFile.write(output, page);
        return result.with("html", output.toString());
    }

    /** Nobody looks on: the outcome says it all. */
    private static final class Unwatched implements BatchEvents {
        @Override
        public void bytesRead(long bytes) {}

        @Override
        public void ended(LogOutcome outcome) {}
    }
}
