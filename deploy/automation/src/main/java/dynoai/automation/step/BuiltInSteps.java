package dynoai.automation.step;

import static dynoai.automation.step.StepParam.Kind.FLAG;
import static dynoai.automation.step.StepParam.Kind.NUMBER;
import static dynoai.automation.step.StepParam.Kind.OPTIONS;
import static dynoai.automation.step.StepParam.Kind.TEXT;
import static dynoai.automation.step.StepParam.Kind.TEXTS;
import static dynoai.automation.step.StepParam.optional;
import static dynoai.automation.step.StepParam.required;

import dynoai.automation.step.Operations.VeApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that come with the product: one for each operation of the command line. */
final class BuiltInSteps {
    private static final StepParam OPTION_TABLE =
            optional("options", OPTIONS, "Options of the analysis by their names in the manifest, e.g. clamp: 12.");

    private BuiltInSteps() {}

    static List<BuiltInStep> of(Operations operations) {
        List<BuiltInStep> steps = new ArrayList<>();
        steps.add(new BuiltInStep(
                "analyze",
                "Analyses one log into a run folder.",
                "{\"status\":\"ok\",\"run_id\":…,\"run_folder\":…,\"delta\":…,\"delta_front\":…,\"delta_rear\":…,"
                        + "\"front_accepted\":…,\"rear_accepted\":…}",
                List.of(
                        required("csv", TEXT, "The log."),
                        optional("outdir", TEXT, "The run folder; runs/{run_id} when not given."),
                        OPTION_TABLE),
                params -> operations.analyze(
                        path(params, "csv"), pathOrNull(params, "outdir"), params.textMap("options"))));
        steps.add(new BuiltInStep(
                "batch",
                "Analyses many logs, each into its own folder.",
                "{\"status\":\"ok\",\"analysed\":…,\"refused\":[{\"log\":…,\"reason\":…}],\"run_folders\":[…]}",
                List.of(
                        required("logs", TEXTS, "Logs, or folders of logs."),
                        required("outdir", TEXT, "Folder of the run folders."),
                        OPTION_TABLE),
                params -> operations.batch(paths(params, "logs"), path(params, "outdir"), params.textMap("options"))));
        steps.add(new BuiltInStep(
                "preflight",
                "Checks a log before it is analysed: columns, units, rows that would be accepted.",
                "{\"status\":\"ok\",\"format\":…,\"rows\":…}",
                List.of(required("csv", TEXT, "The log."), OPTION_TABLE),
                params -> operations.preflight(path(params, "csv"), params.textMap("options"))));
        steps.add(new BuiltInStep(
                "verify",
                "Checks every file of a run folder against the manifest's hashes.",
                "{\"status\":\"ok\",\"files\":…}",
                List.of(required("run_folder", TEXT, "The run folder.")),
                params -> operations.verify(path(params, "run_folder"))));
        steps.add(new BuiltInStep(
                "compare",
                "Compares two run folders or manifests; volatile fields are ignored.",
                "{\"status\":\"ok\",\"equal\":…,\"differences\":…,\"html\":…}",
                List.of(
                        required("left", TEXT, "A run folder or manifest."),
                        required("right", TEXT, "The other one."),
                        optional("html", TEXT, "Where to write the comparison as a page.")),
                params -> operations.compare(path(params, "left"), path(params, "right"), pathOrNull(params, "html"))));
        steps.add(new BuiltInStep(
                "determinism",
                "Analyses a log twice, or runs again from their data, and compares.",
                "{\"status\":\"ok\",\"compared\":…}",
                List.of(required("path", TEXT, "A log, or a folder of runs."), OPTION_TABLE),
                params -> operations.determinism(path(params, "path"), params.textMap("options"))));
        addTableSteps(operations, steps);
        addReportSteps(operations, steps);
        return steps;
    }

    private static void addTableSteps(Operations operations, List<BuiltInStep> steps) {
        steps.add(new BuiltInStep(
                "ve-apply",
                "Multiplies a VE table by a table of factors in percent and records how to take it back.",
                "{\"status\":\"ok\",\"output\":…,\"metadata\":…,\"output_sha\":…}",
                List.of(
                        required("base", TEXT, "The VE table."),
                        required("factor", TEXT, "The factors."),
                        required("output", TEXT, "The new table."),
                        optional("metadata", TEXT, "Where to record it; {output}_meta.json when not given."),
                        optional("max_adjust_pct", NUMBER, "Largest factor, 7 when not given."),
                        optional("allow_large_adjustment", FLAG, "Allow more than 10 percent."),
                        optional("accept_inverted_sign", FLAG, "Allow factors of the replay version."),
                        optional("dry_run", FLAG, "Say what would be done, write nothing.")),
                params -> operations.veApply(new VeApplication(
                        path(params, "base"),
                        path(params, "factor"),
                        path(params, "output"),
                        pathOrNull(params, "metadata"),
                        params.number("max_adjust_pct", 7.0),
                        params.flag("allow_large_adjustment"),
                        params.flag("accept_inverted_sign"),
                        params.flag("dry_run")))));
        steps.add(new BuiltInStep(
                "ve-rollback",
                "Takes an applied table back, exactly.",
                "{\"status\":\"ok\",\"output\":…,\"restored\":…}",
                List.of(
                        required("current", TEXT, "The table as applied."),
                        required("metadata", TEXT, "What was recorded then."),
                        required("output", TEXT, "The table as it was before."),
                        optional("dry_run", FLAG, "Say what would be done, write nothing.")),
                params -> operations.veRollback(
                        path(params, "current"),
                        path(params, "metadata"),
                        path(params, "output"),
                        params.flag("dry_run"))));
        steps.add(new BuiltInStep(
                "max-correction",
                "Finds the largest correction of a delta table, for loops that run until it is small.",
                "{\"status\":\"ok\",\"max_correction\":…}",
                List.of(required("table", TEXT, "A delta table, or a run folder.")),
                params -> operations.maxCorrection(path(params, "table"))));
    }

    private static void addReportSteps(Operations operations, List<BuiltInStep> steps) {
        steps.add(new BuiltInStep(
                "summary",
                "Shows one run as a page.",
                "{\"status\":\"ok\",\"html\":…}",
                List.of(required("run_folder", TEXT, "The run."), required("output", TEXT, "The page.")),
                params -> operations.summary(path(params, "run_folder"), path(params, "output"))));
        steps.add(new BuiltInStep(
                "report",
                "Shows the runs between two dates as a page.",
                "{\"status\":\"ok\",\"runs\":…,\"rejected\":…,\"html\":…}",
                List.of(
                        required("runs", TEXT, "Folder of the run folders."),
                        optional("from", TEXT, "First day, as 2026-01-31."),
                        optional("to", TEXT, "Last day."),
                        optional("drop", TEXT, "Drop root whose rejected logs are listed."),
                        required("output", TEXT, "The page.")),
                params -> operations.report(
                        path(params, "runs"),
                        day(params, "from"),
                        day(params, "to"),
                        pathOrNull(params, "drop"),
                        path(params, "output"))));
    }

    private static Path path(Params params, String name) throws IOException {
        try {
            return Path.of(params.text(name));
        } catch (java.nio.file.InvalidPathException e) {
            throw new InvalidStepException("params." + name + ": no valid path: " + e.getMessage());
        }
    }

    private static @Nullable Path pathOrNull(Params params, String name) throws IOException {
        return params.has(name) ? path(params, name) : null;
    }

    private static List<Path> paths(Params params, String name) {
        List<Path> paths = new ArrayList<>();
        for (String text : params.texts(name)) {
            paths.add(Path.of(text));
        }
        return paths;
    }

    private static @Nullable LocalDate day(Params params, String name) {
        try {
            return params.has(name) ? LocalDate.parse(params.text(name)) : null;
        } catch (DateTimeParseException e) {
            throw new InvalidStepException("params." + name + ": must be a day as 2026-01-31, is " + params.text(name));
        }
    }
}
