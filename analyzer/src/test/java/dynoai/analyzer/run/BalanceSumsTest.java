package dynoai.analyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.RowBlock;
import org.junit.jupiter.api.Test;

class BalanceSumsTest {
    @Test
    void readings_areAveragedPerCellAndCylinderWithinTheirRange() {
        // Given
        Column[] columns = new Column[Channel.COUNT];
        columns[Channel.RPM.ordinal()] = Column.ofDoubles(new double[] {3000, 3000, 3000, 9000});
        columns[Channel.MAP_KPA.ordinal()] = Column.ofDoubles(new double[] {80, 80, 80, 80});
        columns[Channel.MEASURED_AFR_FRONT.ordinal()] = Column.ofDoubles(new double[] {10, 18, 18.01, 12});
        columns[Channel.MEASURED_AFR_REAR.ordinal()] = Column.ofDoubles(new double[] {9.99, Double.NaN, 13, 14});
        BalanceSums sums = new BalanceSums();
        // When
        sums.fold(new ChannelValues(new RowBlock(4, 0, columns)), 4);
        // Then
        CylinderBalance balance = sums.balance();
        int cell = GridAxes.cell(3000, 80);
        int edge = GridAxes.cell(6500, 80);
        assertThat(balance.isRequested()).isTrue();
        assertThat(balance.afr(Cylinder.FRONT).at(cell)).isEqualTo(14.0);
        assertThat(balance.readings(Cylinder.FRONT).get(cell)).isEqualTo(2);
        assertThat(balance.afr(Cylinder.REAR).at(cell)).isEqualTo(13.0);
        assertThat(balance.readings(Cylinder.REAR).get(cell)).isEqualTo(1);
        assertThat(balance.afr(Cylinder.FRONT).at(edge)).isEqualTo(12.0);
        assertThat(balance.afr(Cylinder.FRONT).isEmpty(0)).isTrue();
    }
}
