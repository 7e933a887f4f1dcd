package dynoai.app;

import dynoai.app.analyze.AnalyzeCommand;
import dynoai.app.analyze.BatchCommand;
import dynoai.app.analyze.PreflightCommand;
import dynoai.app.console.Console;
import dynoai.app.node.Pipeline;
import dynoai.app.pipeline.DashboardCommand;
import dynoai.app.pipeline.DataCommand;
import dynoai.app.pipeline.DemoCommand;
import dynoai.app.pipeline.ReplayCommand;
import dynoai.app.pipeline.RequeueCommand;
import dynoai.app.pipeline.StatusCommand;
import dynoai.app.pipeline.TopicsCommand;
import dynoai.app.pipeline.UpCommand;
import dynoai.app.recipe.AutomationCommands;
import dynoai.app.run.CompareCommand;
import dynoai.app.run.DeterminismCommand;
import dynoai.app.run.MaxCorrectionCommand;
import dynoai.app.run.ReportCommand;
import dynoai.app.run.SummaryCommand;
import dynoai.app.run.VerifyCommand;
import dynoai.app.ve.VeCommands;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one list of commands. Only the command that was asked for is built, since building all of them would cost every
 * call its start-up time.
 */
final class Commands {
    /** In the order of the help. */
    static final List<String> NAMES = List.of(
            "up",
            "dashboard",
            "demo",
            "status",
            "requeue",
            "replay",
            "ingest",
            "analyzer",
            "exporter",
            "topics",
            "data",
            "analyze",
            "preflight",
            "batch",
            "verify",
            "compare",
            "determinism",
            "max-correction",
            "summary",
            "report",
            "ve",
            "export",
            "import",
            "recipe",
            "step",
            "context",
            "completion");

    private Commands() {}

    /** A picocli command object or {@code CommandSpec}; null when there is no such command. */
    static @Nullable Object create(String name, Console console) {
        switch (name) {
            case "up":
                return UpCommand.all(console);
            case "dashboard":
                return new DashboardCommand(console);
            case "demo":
                return new DemoCommand(console);
            case "status":
                return new StatusCommand(console);
            case "requeue":
                return new RequeueCommand(console);
            case "replay":
                return ReplayCommand.line(console);
            case "ingest":
                return UpCommand.stage(
                        console, Pipeline.Role.INGEST, "Run the ingest alone: one drop folder into Kafka.");
            case "analyzer":
                return UpCommand.stage(
                        console, Pipeline.Role.ANALYZER, "Run an analyzer alone; several share the runs.");
            case "exporter":
                return UpCommand.stage(
                        console, Pipeline.Role.EXPORTER, "Run an exporter alone; several share the runs.");
            case "topics":
                return new TopicsCommand(console);
            case "data":
                return new DataCommand(console);
            case "analyze":
                return AnalyzeCommand.spec(console);
            case "preflight":
                return PreflightCommand.spec(console);
            case "batch":
                return BatchCommand.spec(console);
            case "verify":
                return new VerifyCommand(console);
            case "compare":
                return new CompareCommand(console);
            case "determinism":
                return DeterminismCommand.spec(console);
            case "max-correction":
                return new MaxCorrectionCommand(console);
            case "ve":
                return VeCommands.ve(console);
            case "export":
                return VeCommands.exporting(console);
            case "import":
                return VeCommands.importing(console);
            case "recipe":
                return AutomationCommands.recipe(console);
            case "step":
                return AutomationCommands.step(console);
            case "context":
                return AutomationCommands.context(console);
            case "summary":
                return new SummaryCommand(console);
            case "report":
                return new ReportCommand(console);
            case "completion":
                return new CompletionCommand(console);
            default:
                return null;
        }
    }
}
