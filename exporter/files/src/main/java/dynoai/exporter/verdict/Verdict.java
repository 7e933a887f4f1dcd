package dynoai.exporter.verdict;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.kernel.KnockRetard;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The answers to a tuner's questions: what to change, whether to trust it, and what to ride next.
 *
 * @param corrections the corrections of both cylinders, before and after the clamp
 * @param spark the spark suggestion in its two parts
 * @param mean whether the mean of both cylinders may be used
 * @param ride what to ride next
 */
public record Verdict(Corrections corrections, SparkAdvice spark, MeanAdvice mean, RidePlan ride) {
    private static final int MAX_TIMELINE_BYTES = 16 << 20;
    private static final int START_COLUMN = 3;
    private static final int END_COLUMN = 4;
    private static final int SECOND_DECIMALS = 3;

    /** Returns the verdict of an analysis. */
    public static Verdict of(AnalysisResult run) {
        AnalysisOptions options = run.options();
        List<TimelineWindow> windows = run.grids().timeline();
        double seconds = windows.isEmpty()
                ? Double.NaN
                : Corrections.rounded(windows.get(windows.size() - 1).endSeconds(), SECOND_DECIMALS)
                        - Corrections.rounded(windows.get(0).startSeconds(), SECOND_DECIMALS);
        return of(
                Corrections.of(run),
                SparkAdvice.of(
                        cylinder -> run.kernels().of(cylinder).spark().map(degrees -> Corrections.rounded(degrees, 2)),
                        cylinder -> recorded(run.grids().of(cylinder).peakKnock()),
                        new KnockRetard(options.number(Option.REAR_RULE_DEG), options.number(Option.HOT_EXTRA)),
                        run.description().sources().stream()
                                .anyMatch(source -> isKnock(source.channel().key()))),
                run.grids().rowsRead() / seconds);
    }

    /** Reads the verdict of a run folder. What an older folder does not record is unknown in it. */
    public static Verdict read(Path folder, Manifest manifest) throws IOException {
        RecordedFigures recorded = new RecordedFigures(folder);
        Grid[] spark = new Grid[Cylinder.values().length];
        Grid[] knock = new Grid[spark.length];
        for (Cylinder cylinder : Cylinder.values()) {
            spark[cylinder.ordinal()] =
                    Corrections.table(GridFile.of(GridFile.Kind.SPARK, cylinder).in(folder));
            knock[cylinder.ordinal()] = recorded.knock(cylinder);
        }
        return of(
                Corrections.read(folder, manifest, recorded),
                SparkAdvice.of(
                        cylinder -> spark[cylinder.ordinal()],
                        cylinder -> knock[cylinder.ordinal()],
                        new KnockRetard(
                                orZero(manifest.number("args", "rear_rule_deg")),
                                Math.min(0, orZero(manifest.number("args", "hot_extra")))),
                        new JsonTree(manifest.value("columns", "sources"))
                                .items().stream()
                                        .anyMatch(source ->
                                                isKnock(source.at("channel").text()))),
                manifest.whole("stats", "rows_read") / seconds(folder));
    }

    private static Verdict of(Corrections corrections, SparkAdvice spark, double rowsPerSecond) {
        return new Verdict(
                corrections,
                spark,
                MeanAdvice.of(corrections.front(), corrections.rear()),
                RidePlan.of(corrections.front().ridden(), corrections.rear().ridden(), rowsPerSecond));
    }

    private static boolean isKnock(String channel) {
        return Stream.of(Cylinder.values())
                .anyMatch(cylinder -> Channel.knockRetard(cylinder).key().equals(channel));
    }

    /** Returns knock as the report writes it. */
    private static Grid recorded(Grid peakKnock) {
        return peakKnock.map(degrees -> degrees == 0 ? Double.NaN : Corrections.rounded(degrees, 1));
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** Returns the length of the log in its own time; NaN if unknown. */
    private static double seconds(Path folder) throws IOException {
        Path file = RunFolderLayout.TIMELINE.in(folder);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_TIMELINE_BYTES) {
            return Double.NaN;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return lines.size() < 2
                ? Double.NaN
                : number(lines.get(lines.size() - 1), END_COLUMN) - number(lines.get(1), START_COLUMN);
    }

    private static double number(String line, int column) {
        String[] cells = line.split(",", -1);
        try {
            return column < cells.length ? Double.parseDouble(cells[column].replace("'", "")) : Double.NaN;
        } catch (NumberFormatException ignored) {
            return Double.NaN; // The file was changed by hand.
        }
    }
}
