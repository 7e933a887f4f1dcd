package dynoai.app;

import dynoai.app.agent.AgentCommand;
import dynoai.app.analyze.AnalyzeCommand;
import dynoai.app.analyze.BatchCommand;
import dynoai.app.analyze.PreflightCommand;
import dynoai.app.catalogue.CatalogueCommand;
import dynoai.app.console.Console;
import dynoai.app.node.StageKind;
import dynoai.app.pipeline.DashboardCommand;
import dynoai.app.pipeline.DataCommand;
import dynoai.app.pipeline.DemoCommand;
import dynoai.app.pipeline.ReplayCommand;
import dynoai.app.pipeline.RequeueCommand;
import dynoai.app.pipeline.StatusCommand;
import dynoai.app.pipeline.TopicsCommand;
import dynoai.app.pipeline.UpCommand;
import dynoai.app.recipe.AutomationCommands;
import dynoai.app.recipe.StepCommand;
import dynoai.app.retention.RetentionCommand;
import dynoai.app.run.CompareCommand;
import dynoai.app.run.DeterminismCommand;
import dynoai.app.run.MaxCorrectionCommand;
import dynoai.app.run.ReportCommand;
import dynoai.app.run.SummaryCommand;
import dynoai.app.run.VerifyCommand;
import dynoai.app.selftest.SelfTestCommand;
import dynoai.app.session.SessionCommands;
import dynoai.app.shop.ShopCommands;
import dynoai.app.storage.FetchCommand;
import dynoai.app.ve.VeCommands;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The commands, in the order of the help. Only the requested command is built, which keeps start-up short; {@code analyze}
 * does not even load this class.
 */
enum Commands {
    UP(Load.NODE, UpCommand::all),
    DASHBOARD(Load.SHORT, DashboardCommand::new),
    DEMO(Load.NODE, DemoCommand::new),
    STATUS(Load.SHORT, StatusCommand::new),
    REQUEUE(Load.SHORT, RequeueCommand::new),
    REPLAY(Load.LONG, ReplayCommand::line),
    FETCH(Load.SHORT, FetchCommand::new),
    CATALOGUE(Load.LONG, CatalogueCommand::new),
    RETENTION(Load.SHORT, RetentionCommand::new),
    INGEST(
            Load.NODE,
            console -> UpCommand.stage(console, StageKind.INGEST, "Run the ingest alone: one drop folder into Kafka.")),
    ADMIT(
            Load.NODE,
            console ->
                    UpCommand.stage(console, StageKind.ADMIT, "Run admit alone: uploaded logs of shops become runs.")),
    ANALYZER(
            Load.NODE,
            console -> UpCommand.stage(console, StageKind.ANALYZER, "Run an analyzer alone; several share the runs.")),
    EXPORTER(
            Load.NODE,
            console -> UpCommand.stage(console, StageKind.EXPORTER, "Run an exporter alone; several share the runs.")),
    INTAKE(
            Load.NODE,
            console -> UpCommand.stage(
                    console, StageKind.INTAKE, "Run an intake alone: logs of shops come in over HTTPS.")),
    AGENT(Load.SHOP, AgentCommand::spec),
    TOPICS(Load.SHORT, TopicsCommand::new),
    SHOPS(Load.SHORT, ShopCommands::shops),
    DATA(Load.SHORT, DataCommand::new),
    ANALYZE(Load.SHORT, AnalyzeCommand::spec),
    PREFLIGHT(Load.SHORT, PreflightCommand::spec),
    BATCH(Load.LONG, BatchCommand::spec),
    VERIFY(Load.SHORT, VerifyCommand::new),
    COMPARE(Load.SHORT, CompareCommand::new),
    DETERMINISM(Load.LONG, DeterminismCommand::spec),
    MAX_CORRECTION(Load.SHORT, MaxCorrectionCommand::new),
    SUMMARY(Load.SHORT, SummaryCommand::new),
    REPORT(Load.SHORT, ReportCommand::new),
    SESSION(Load.SHORT, SessionCommands::session),
    VE(Load.SHORT, VeCommands::ve),
    EXPORT(Load.SHORT, VeCommands::exportTable),
    IMPORT(Load.SHORT, VeCommands::importTable),
    RECIPE(Load.LONG, AutomationCommands::recipe),
    STEP(Load.SHORT, StepCommand::new),
    CONTEXT(Load.SHORT, AutomationCommands::context),
    SELF_TEST(Load.NODE, SelfTestCommand::new),
    COMPLETION(Load.SHORT, CompletionCommand::new);

    /** How much a command runs, which decides the JVM options that the launcher starts it with. */
    enum Load {
        /** Ends before optimised code would pay. */
        SHORT,
        /** Runs long enough for optimised code. */
        LONG,
        /** Runs for long at a shop, in little memory. */
        SHOP,
        /** Runs stages with Kafka's classes. */
        NODE
    }

    private final Load load;
    private final Function<Console, Object> factory;

    Commands(Load load, Function<Console, Object> factory) {
        this.load = load;
        this.factory = factory;
    }

    static Optional<Commands> ofWord(String word) {
        return Stream.of(values())
                .filter(command -> command.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Load load() {
        return load;
    }

    /** Creates a picocli command, {@code CommandSpec} or {@code CommandLine}. */
    Object create(Console console) {
        return factory.apply(console);
    }
}
