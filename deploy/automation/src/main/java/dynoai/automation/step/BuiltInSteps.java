package dynoai.automation.step;

import static dynoai.automation.step.StepParam.Kind.FLAG;
import static dynoai.automation.step.StepParam.Kind.NUMBER;
import static dynoai.automation.step.StepParam.Kind.OPTIONS;
import static dynoai.automation.step.StepParam.Kind.TEXT;
import static dynoai.automation.step.StepParam.Kind.TEXTS;
import static dynoai.automation.step.StepParam.optional;
import static dynoai.automation.step.StepParam.required;

import java.util.List;

/** The steps that come with the product: one for each operation of the engine. */
final class BuiltInSteps {
    private static final StepParam CSV = required("csv", TEXT, "The log.");
    private static final StepParam RUN_FOLDER = required("run_folder", TEXT, "The run folder.");
    private static final StepParam PAGE = required("output", TEXT, "The page to write.");
    private static final StepParam DRY_RUN = optional("dry_run", FLAG, "Check everything, write nothing.");
    private static final StepParam ANALYSIS_OPTIONS =
            optional("options", OPTIONS, "Options of the analysis by their names in the manifest, e.g. clamp: 12.");

    static final List<BuiltInStep> ALL = List.of(
            new BuiltInStep(
                    "analyze",
                    "Analyses one log into a run folder.",
                    "'run_id':…,'run_folder':…,'delta':…,'delta_front':…,'delta_rear':…,'front_accepted':…,"
                            + "'rear_accepted':…,'message':…",
                    EngineOperations::analyze,
                    CSV,
                    optional("outdir", TEXT, "The run folder; runs/{run_id} if not given."),
                    ANALYSIS_OPTIONS),
            new BuiltInStep(
                    "batch",
                    "Analyses many logs, each into its own folder.",
                    "'analysed':…,'refused':[{'log':…,'reason':…}],'older':…,'run_folders':[…]",
                    EngineOperations::batch,
                    required("logs", TEXTS, "Logs, or folders of logs."),
                    required("outdir", TEXT, "Folder of the run folders."),
                    optional("newer", TEXT, "Only logs changed within this time: 7d, 12h or 30m; all if not given."),
                    ANALYSIS_OPTIONS),
            new BuiltInStep(
                    "preflight",
                    "Checks a log before it is analysed: columns, units, rows that would be accepted.",
                    "'format':…,'rows':…,'front_accepted':…,'rear_accepted':…,'cells_covered':…,'missing':[…],'warnings':[…]",
                    EngineOperations::preflight,
                    CSV,
                    ANALYSIS_OPTIONS),
            new BuiltInStep(
                    "verify",
                    "Checks every file of a run folder against the manifest's hashes.",
                    "'files':…",
                    EngineOperations::verify,
                    RUN_FOLDER),
            new BuiltInStep(
                    "compare",
                    "Compares two run folders or manifests; names, times and paths do not count.",
                    "'equal':…,'differences':…,'html':…",
                    EngineOperations::compare,
                    required("left", TEXT, "A run folder or manifest."),
                    required("right", TEXT, "The other one."),
                    optional("html", TEXT, "Page to write with the comparison.")),
            new BuiltInStep(
                    "determinism",
                    "Analyses a log twice, or runs again from their data, and compares.",
                    "'compared':…",
                    EngineOperations::determinism,
                    required("path", TEXT, "A log, or a folder of runs."),
                    ANALYSIS_OPTIONS),
            new BuiltInStep(
                    "ve-apply",
                    "Applies correction factors in percent to a VE table and records how to roll back.",
                    "'output':…,'metadata':…,'output_sha':…",
                    EngineOperations::veApply,
                    required("base", TEXT, "The VE table."),
                    required("factor", TEXT, "The factors."),
                    required("output", TEXT, "The new table."),
                    optional("metadata", TEXT, "Metadata file to write; {output}_meta.json if not given."),
                    optional("max_adjust_pct", NUMBER, "Largest factor, 7 if not given."),
                    optional("allow_large_adjustment", FLAG, "Allow more than 10 percent."),
                    optional("accept_inverted_sign", FLAG, "Allow factors of math version toolkit-1.2."),
                    DRY_RUN),
            new BuiltInStep(
                    "ve-rollback",
                    "Restores the table that ve-apply started from, exactly.",
                    "'output':…,'restored':…,'dry_run':…",
                    EngineOperations::veRollback,
                    required("current", TEXT, "The table that ve-apply wrote."),
                    required("metadata", TEXT, "The metadata that ve-apply wrote."),
                    required("output", TEXT, "The restored table."),
                    DRY_RUN),
            new BuiltInStep(
                    "max-correction",
                    "Finds the largest correction of a delta table, for loops that run until it is small.",
                    "'max_correction':…,'max_correction_pct':…,'cells':…",
                    EngineOperations::maxCorrection,
                    required("table", TEXT, "A delta table, or a run folder.")),
            new BuiltInStep(
                    "summary", "Shows one run as a page.", "'html':…", EngineOperations::summary, RUN_FOLDER, PAGE),
            new BuiltInStep(
                    "report",
                    "Shows the runs between two days as a page.",
                    "'runs':…,'rejected':…,'html':…",
                    EngineOperations::report,
                    required("runs", TEXT, "Folder of the run folders."),
                    optional("from", TEXT, "First day, as 2026-01-31."),
                    optional("to", TEXT, "Last day."),
                    optional("drop", TEXT, "Drop folder whose rejected logs are listed."),
                    PAGE));

    private BuiltInSteps() {}
}
