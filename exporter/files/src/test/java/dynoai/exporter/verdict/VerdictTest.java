package dynoai.exporter.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.SampleRun;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.analysis.RunAnalysis;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final LogDescription LOG = new LogDescription(
            LogFormat.WINPEP,
            "UTF-8",
            "comma",
            List.of(),
            List.of(),
            true,
            true,
            false,
            List.of(),
            List.of(),
            0,
            false,
            List.of());

    @Test
    void largestCorrection_isTheLargestBeforeTheClamp() throws Exception {
        // Given two cells that the clamp cuts to the same value
        Grid front = SampleRun.with(SampleRun.only(2500, 65, 9.5), 4500, 65, 12);

        // When
        Verdict verdict = verdict(new SampleRun().corr(front, Grid.EMPTY));

        // Then
        CylinderFigures.Largest largest =
                Objects.requireNonNull(verdict.corrections().front().largest());
        assertThat(largest.cell()).isEqualTo(GridAxes.cell(4500, 65));
        assertThat(largest.words()).isEqualTo("+12.00 % at 4500 rpm, 65 kPa (the clamp cuts it to +7.00 %)");
        assertThat(verdict.corrections().front().ridden().cut()).hasSize(2);
        assertThat(verdict.corrections().rear().largest()).isNull();
    }

    @Test
    void spark_withoutKnock_isTheStandingRuleOnly() throws Exception {
        // When
        SparkAdvice spark = verdict(new SampleRun()).spark();

        // Then
        assertThat(spark.knock()).isEmpty();
        assertThat(spark.knockWords()).isEqualTo("knock was not measured: the log has no column for it");
        assertThat(spark.ruleWords())
                .isEqualTo("standing rear rule: 2.00° out of the rear at 3000 to 3500 rpm, 80 to 95 kPa, in every run,"
                        + " knock or not");
    }

    @Test
    void knockWithinTheRearRule_isSeparatedFromIt() throws Exception {
        // Given knock on both cylinders, and a hot rear cell with the same suggestion but no knock
        SampleRun run = new SampleRun()
                .knock(SampleRun.only(2000, 35, 0.6), SampleRun.only(3000, 80, 1.5))
                .iat(Grid.EMPTY, SampleRun.only(3500, 95, 130));

        // When
        SparkAdvice spark = verdict(run).spark();

        // Then
        assertThat(spark.knock()).extracting(SparkAdvice.Knock::degrees).containsExactly(-1.0, -0.5);
        assertThat(spark.knockWords())
                .isEqualTo("knock found: rear at 3000 rpm, 80 kPa, 1.5° of retard, and in 1 more cell; take 1.00° out");
        assertThat(spark.ruleDegrees()).isEqualTo(-3.0);
    }

    @Test
    void mean_isOfferedIfTheCylindersAgree() throws Exception {
        // Given
        Grid front = SampleRun.with(SampleRun.only(2500, 65, 5), 4500, 65, 4);

        // When
        MeanAdvice near = verdict(new SampleRun().corr(front, front.map(percent -> percent - 2.5)))
                .mean();
        MeanAdvice far = verdict(new SampleRun().corr(front, front.map(percent -> -percent)))
                .mean();
        MeanAdvice one = verdict(new SampleRun().corr(front, Grid.EMPTY)).mean();

        // Then
        assertThat(near.offered()).isTrue();
        assertThat(near.reason()).isEqualTo("Front and rear agree within 3 % in every cell that both have.");
        assertThat(far.offered()).isFalse();
        assertThat(far.reason())
                .isEqualTo("Front and rear differ by 10.00 % at 2500 rpm, 65 kPa: their mean fits neither of them.");
        assertThat(one.offered()).isFalse();
        assertThat(one.reason()).isEqualTo("The rear cylinder has no correction, so there is no mean of both.");
    }

    @Test
    void mean_isJudgedBeforeTheClamp() throws Exception {
        // Given corrections that the clamp makes equal
        Grid front = SampleRun.only(2500, 65, 12);

        // When
        MeanAdvice mean = verdict(new SampleRun().corr(front, SampleRun.only(2500, 65, 7.5)))
                .mean();

        // Then
        assertThat(mean.offered()).isFalse();
    }

    @Test
    void mostlyWeakCells_areThinData() throws Exception {
        // Given
        Grid one = SampleRun.only(2500, 65, 5);

        // When
        Corrections thin =
                verdict(new SampleRun().samplesPerCell(9).corr(one, one)).corrections();
        Corrections enough =
                verdict(new SampleRun().samplesPerCell(10).corr(one, one)).corrections();
        Corrections nothing = verdict(new SampleRun()).corrections();

        // Then
        assertThat(thin.thinWords())
                .isEqualTo("thin data: 2 of 2 covered cells, front and rear, have fewer than 10 samples");
        assertThat(enough.isThin()).isFalse();
        assertThat(nothing.thinWords()).isEqualTo("thin data: no cell has a sample");
    }

    private static Verdict verdict(SampleRun run) throws Exception {
        return Verdict.of(result(run.grids()));
    }

    private static AnalysisResult result(RunGrids grids) throws Exception {
        return RunAnalysis.run(
                new AnalysisResult.InputLog("0123456789abcdef".repeat(4), 4711),
                BaseTables.NONE,
                AnalysisOptions.of(Map.of()),
                LOG,
                grids);
    }
}
