package dynoai.exporter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dynoai.exporter.SampleRun;
import dynoai.exporter.diagnose.Anomaly.AtCell;
import dynoai.exporter.diagnose.Anomaly.AtCells;
import dynoai.exporter.diagnose.Anomaly.KnockCell;
import dynoai.exporter.kernel.KernelChain;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnomalySearchTest {

    @Test
    void emptyRun_hasNoAnomalies() throws Exception {
        // When
        List<Anomaly> found = find(new SampleRun());
        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void loneSpike_standsOutWithItsNeighbours() throws Exception {
        // Given a flat table with one cell of 5 %, too large and too steep for K1
        Grid corr = SampleRun.with(SampleRun.filled(0), 4000, 65, 5.0);
        // When
        List<Anomaly> found = find(new SampleRun().corr(corr, corr));
        // Then
        assertThat(found).extracting(Anomaly::type).containsOnly(AnomalyType.SPATIAL_DISCONTINUITY);
        Anomaly roughest =
                found.stream().max(Comparator.comparingDouble(Anomaly::score)).orElseThrow();
        assertThat(roughest.place()).isEqualTo(new AtCell(GridAxes.cell(4000, 65)));
        assertThat(found).allSatisfy(anomaly -> assertThat(anomaly.nextChecks()).isNotEmpty());
    }

    @Test
    void smoothTable_hasNoDiscontinuity() throws Exception {
        // When
        List<Anomaly> found = find(new SampleRun().corr(SampleRun.filled(4.4), SampleRun.filled(4.4)));
        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void rearRicherThanFront_isAnImbalanceFromThreePercentOn() throws Exception {
        // Given a difference of exactly −3 % in one cell of the band, and of less than that
        SampleRun three = new SampleRun().corr(SampleRun.only(3000, 80, 2.0), SampleRun.only(3000, 80, -1.0));
        SampleRun less = new SampleRun().corr(SampleRun.only(3000, 80, 2.0), SampleRun.only(3000, 80, -0.99));
        SampleRun elsewhere = new SampleRun().corr(SampleRun.only(4000, 80, 9.0), SampleRun.only(4000, 80, -9.0));
        // When
        List<Anomaly> found = find(three);
        List<Anomaly> none = find(less);
        List<Anomaly> outside = find(elsewhere);
        // Then
        assertThat(found).extracting(Anomaly::type).containsExactly(AnomalyType.CYLINDER_IMBALANCE);
        assertThat(found.get(0).score()).isEqualTo(3.0);
        assertThat(found.get(0).explanation()).contains("3.00 % less fuel");
        assertThat(none).isEmpty();
        assertThat(outside).isEmpty();
    }

    @Test
    void imbalance_isTheMeanOfDifferencesNotTheDifferenceOfMeans() throws Exception {
        // Given a cell with both cylinders 4 % apart, and one with the front alone
        Grid front = SampleRun.with(SampleRun.only(3000, 80, 0.0), 2500, 65, -40.0);
        Grid rear = SampleRun.only(3000, 80, 4.0);
        // When
        List<Anomaly> found = find(new SampleRun().corr(front, rear));
        // Then
        assertThat(found)
                .filteredOn(a -> a.type() == AnomalyType.CYLINDER_IMBALANCE)
                .hasSize(1);
        assertThat(found).anySatisfy(anomaly -> assertThat(anomaly.score()).isEqualTo(4.0));
    }

    @Test
    void rearBias_affectsTheImbalance() throws Exception {
        // Given no difference as measured
        SampleRun run = new SampleRun().corr(SampleRun.only(3000, 80, 0.0), SampleRun.only(3000, 80, 0.0));
        // When
        List<Anomaly> found = find(run, Map.of("rear_bias", "3.5"));
        // Then
        assertThat(found).extracting(Anomaly::score).containsExactly(3.5);
    }

    @Test
    void leanAtHighVacuum_isComparedWithCruise() throws Exception {
        // Given 5 % at 1500 rpm and 35 kPa, 1 % at 3000 rpm and 65 kPa
        Grid corr = SampleRun.with(SampleRun.only(1500, 35, 5.0), 3000, 65, 1.0);
        Grid closer = SampleRun.with(SampleRun.only(1500, 35, 4.9), 3000, 65, 1.0);
        // When
        List<Anomaly> found = find(new SampleRun().corr(corr, Grid.EMPTY));
        List<Anomaly> none = find(new SampleRun().corr(closer, Grid.EMPTY));
        List<Anomaly> alone = find(new SampleRun().corr(SampleRun.only(1500, 35, 9.0), Grid.EMPTY));
        // Then
        assertThat(found).filteredOn(a -> a.type() == AnomalyType.LOW_MAP_LEAN).hasSize(1);
        assertThat(found.get(0).score()).isCloseTo(4.0, within(1e-12));
        assertThat(none).isEmpty();
        assertThat(alone).isEmpty();
    }

    @Test
    void knock_isCountedInFullAndTheFirstTenAreListed() throws Exception {
        // Given knock at the threshold in twelve cells, below it in one, hot air in one
        Grid knock = SampleRun.only(6500, 95, 1.49);
        for (int cell = 0; cell < 12; cell++) {
            knock = SampleRun.with(knock, GridAxes.rpmOfCell(cell), GridAxes.kpaOfCell(cell), 1.5);
        }
        Grid iat = SampleRun.only(1500, 50, 120.0);
        // When
        List<Anomaly> found = find(new SampleRun().knock(Grid.EMPTY, knock).iat(iat, Grid.EMPTY));
        // Then
        assertThat(found).extracting(Anomaly::type).containsExactly(AnomalyType.KNOCK_CLUSTER);
        assertThat(found.get(0).score()).isEqualTo(12.0);
        List<KnockCell> listed = ((AtCells) found.get(0).place()).cells();
        assertThat(listed).hasSize(10).startsWith(new KnockCell(0, false), new KnockCell(1, true));
    }

    @Test
    void batteryVoltage_needsTenPairsAndAClearFall() throws Exception {
        // When
        List<Anomaly> found = find(new SampleRun().battery(10, -0.4));
        List<Anomaly> few = find(new SampleRun().battery(9, -0.9));
        List<Anomaly> weak = find(new SampleRun().battery(100, -0.39));
        List<Anomaly> rising = find(new SampleRun().battery(100, 0.9));
        // Then
        assertThat(found).extracting(Anomaly::type).containsExactly(AnomalyType.BATTERY_CORRELATION);
        assertThat(found.get(0).score()).isEqualTo(0.4);
        assertThat(few).isEmpty();
        assertThat(weak).isEmpty();
        assertThat(rising).isEmpty();
    }

    private static List<Anomaly> find(SampleRun run) throws InvalidOptionException {
        return find(run, Map.of());
    }

    private static List<Anomaly> find(SampleRun run, Map<String, String> given) throws InvalidOptionException {
        AnalysisOptions options = AnalysisOptions.of(given);
        RunGrids grids = run.grids();
        return new AnomalySearch(options, grids, new KernelChain(options).run(grids)).find();
    }
}
