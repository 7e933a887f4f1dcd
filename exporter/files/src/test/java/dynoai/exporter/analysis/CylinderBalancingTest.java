package dynoai.exporter.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CylinderBalancingTest {
    @Test
    void maximumAboveFive_isLimitedToFive() throws Exception {
        // When
        Grid rear = balancing("equalize", "8").factors(Cylinder.REAR);
        // Then
        assertThat(rear.at(2)).isEqualTo(5.0);
    }

    @Test
    void equalize_bringsBothToTheirMean() throws Exception {
        // Given cell 0 balanced, 1 rear leaner by 0.6, 2 far apart, 3 with too few readings
        CylinderBalancing balancing = balancing("equalize");
        // When
        Grid front = balancing.factors(Cylinder.FRONT);
        Grid rear = balancing.factors(Cylinder.REAR);
        // Then
        assertThat(front.isEmpty(0)).isTrue();
        assertThat(front.at(1)).isCloseTo((13.0 / 13.3 - 1) * 100, within(1e-12));
        assertThat(rear.at(1)).isCloseTo((13.6 / 13.3 - 1) * 100, within(1e-12));
        assertThat(front.at(2)).isEqualTo(-3.0);
        assertThat(rear.at(2)).isEqualTo(3.0);
        assertThat(rear.isEmpty(3)).isTrue();
    }

    @Test
    void match_changesTheOtherCylinderOnly() throws Exception {
        // When
        Grid front = balancing("match_front").factors(Cylinder.FRONT);
        Grid rear = balancing("match_front").factors(Cylinder.REAR);
        Grid toRear = balancing("match_rear").factors(Cylinder.FRONT);
        // Then
        assertThat(front.isEmpty()).isTrue();
        assertThat(rear.at(1)).isEqualTo(3.0);
        assertThat(toRear.at(1)).isEqualTo(-3.0);
    }

    @Test
    void report_countsBySeverity() throws Exception {
        // When
        String report = new String(balancing("equalize").report(), StandardCharsets.UTF_8);
        // Then
        assertThat(report)
                .contains("\"cells_compared\": 3")
                .contains("\"low\": 1")
                .contains("\"medium\": 0")
                .contains("\"high\": 1");
    }

    @Test
    void runWithoutTheOption_hasNoBalancing() {
        assertThat(CylinderBalancing.of(CylinderBalance.NOT_REQUESTED, AnalysisOptions.defaults()))
                .isNull();
    }

    private static CylinderBalancing balancing(String mode) throws Exception {
        return balancing(mode, "3");
    }

    private static CylinderBalancing balancing(String mode, String maxCorrection) throws Exception {
        double[] front = Grid.empty();
        double[] rear = Grid.empty();
        double[][] pairs = {{13.0, 13.4}, {13.0, 13.6}, {12.0, 15.0}, {12.0, 15.0}};
        List<Long> readings = new ArrayList<>(Collections.nCopies(55, 0L));
        for (int cell = 0; cell < pairs.length; cell++) {
            front[cell] = pairs[cell][0];
            rear[cell] = pairs[cell][1];
            readings.set(cell, cell == 3 ? 2L : 3L);
        }
        CylinderBalance balance = new CylinderBalance(Grid.of(front), readings, Grid.of(rear), readings);
        CylinderBalancing balancing = CylinderBalancing.of(
                balance,
                AnalysisOptions.of(Map.of(
                        "balance_cylinders", "true", "balance_mode", mode, "balance_max_correction", maxCorrection)));
        assertThat(balancing).isNotNull();
        return balancing;
    }
}
