package dynoai.analyzer.run;

import static dynoai.analyzer.run.Rows.set;
import static dynoai.analyzer.run.Rows.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    /** Two accepted rows and one below the load gate in the first ten seconds, one accepted row after them. */
    private static final Rows ROWS = new Rows()
            .add(row(0, 3000, 80, 50, 13.65, 2, 90))
            .add(row(5, 4000, 60, 100, 13.13, 5, 110))
            .add(row(6, 2000, 40, 1, 13.0, 9, 200))
            .add(row(10, 5000, 70, 40, 12.74, 0, Double.NaN));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1024})
    void window_hasTheMeansOfAllItsRows(int blockRows) {
        // When
        List<TimelineWindow> windows = timeline(blockRows);
        // Then
        assertThat(windows.stream().map(TimelineWindow::ordinal)).containsExactly(0, 1);
        assertThat(windows.stream().map(TimelineWindow::rows)).containsExactly(3L, 1L);
        assertThat(windows.stream().map(TimelineWindow::startSeconds)).containsExactly(0.0, 10.0);
        assertThat(windows.stream().map(TimelineWindow::endSeconds)).containsExactly(6.0, 10.0);
        assertThat(windows.stream().map(TimelineWindow::meanRpm)).containsExactly(3000.0, 5000.0);
        assertThat(windows.stream().map(TimelineWindow::meanKpa)).containsExactly(60.0, 70.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1024})
    void cylinder_hasTheWeightedMeansOfItsAcceptedRows(int blockRows) {
        // When
        List<TimelineWindow> windows = timeline(blockRows);
        // Then
        TimelineWindow.CylinderWindow first = windows.get(0).front();
        assertThat(first.accepted()).isEqualTo(2);
        assertThat(first.meanCorr()).isCloseTo((5.0 * 50 + 1.0 * 100) / 150, within(1e-12));
        assertThat(first.meanErr())
                .isCloseTo((-0.65 / 13.65 * 100 * 50 + -0.13 / 13.13 * 100 * 100) / 150, within(1e-12));
        TimelineWindow.CylinderWindow second = windows.get(1).front();
        assertThat(second.accepted()).isEqualTo(1);
        assertThat(second.meanCorr()).isCloseTo(-2.0, within(1e-12));
        assertThat(windows.get(0).rear().meanCorr()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1024})
    void peaks_areThoseOfTheWindowsAcceptedRows(int blockRows) {
        // When
        List<TimelineWindow> windows = timeline(blockRows);
        // Then
        assertThat(windows.get(0).front().peakKnock()).isEqualTo(5);
        assertThat(windows.get(0).front().peakIat()).isEqualTo(110);
        assertThat(windows.get(1).front().peakKnock()).isZero();
        assertThat(windows.get(1).front().peakIat()).isNaN();
    }

    @Test
    void windowWithoutAnAcceptedRow_hasNoMeans() {
        // Given
        Rows rows = new Rows().add(row(0, 3000, 80, 1, 13, 0, 90));
        // When
        TimelineWindow window = timeline(rows, 1024).get(0);
        // Then
        assertThat(window.front().accepted()).isZero();
        assertThat(window.front().meanErr()).isNaN();
        assertThat(window.front().meanCorr()).isNaN();
    }

    private static List<TimelineWindow> timeline(int blockRows) {
        return timeline(ROWS, blockRows);
    }

    private static List<TimelineWindow> timeline(Rows rows, int blockRows) {
        RunAggregate aggregate = new RunAggregate(Rows.description(true, true), AnalysisOptions.defaults());
        rows.blocks(blockRows, false).forEach(aggregate::fold);
        return aggregate.grids(rows.count(), 0).timeline();
    }

    private static double[] row(
            double seconds, double rpm, double kpa, double torque, double afr, double knock, double iat) {
        double[] row = sound();
        set(row, Channel.TIME_SECONDS, seconds);
        set(row, Channel.RPM, rpm);
        set(row, Channel.MAP_KPA, kpa);
        set(row, Channel.TORQUE_FTLB, torque);
        set(row, Channel.MEASURED_AFR_FRONT, afr);
        set(row, Channel.KNOCK_RETARD_FRONT_DEG, knock);
        set(row, Channel.IAT_FAHRENHEIT, iat);
        return row;
    }
}
