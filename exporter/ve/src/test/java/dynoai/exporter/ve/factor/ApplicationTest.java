package dynoai.exporter.ve.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.application.Residuals;
import dynoai.exporter.table.VeTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ApplicationTest {
    private static final int SIDE = 256;

    @Test
    void millionRandomCells_areRestoredExactly() throws Exception {
        // Given
        SplittableRandom random = new SplittableRandom(4);
        double[] clamps = {0.5, 1, 2.5, 3, 5, 7, 7.5, 10, 15, 30};
        long missedByDivision = 0;
        for (int round = 0; round < 16; round++) {
            double[] base = new double[SIDE * SIDE];
            double[] factor = new double[SIDE * SIDE];
            for (int cell = 0; cell < base.length; cell++) {
                base[cell] = random.nextInt(50) == 0 ? Double.NaN : random.nextLong(-10_000, 2_500_000) / 1e4;
                factor[cell] = random.nextInt(20) == 0 ? Double.NaN : random.nextDouble(-12, 12);
            }
            // When
            missedByDivision += roundTrip(table(base), table(factor), clamps[round % clamps.length]);
        }
        // Then
        assertThat(missedByDivision).as("cells a plain division gets wrong").isPositive();
    }

    @Test
    void everyFactorFromMinus10To10_isRestoredExactlyWithEveryClamp() throws Exception {
        // Given
        SplittableRandom random = new SplittableRandom(5);
        double[] factor = new double[87 * 23];
        for (int cell = 0; cell < factor.length; cell++) {
            factor[cell] = (cell - 1000) / 100.0;
        }
        VeTable factors = VeTable.of(labels(87), labels(23), factor);
        for (int tenths = 1; tenths <= 100; tenths++) {
            double[] base = new double[factor.length];
            for (int cell = 0; cell < base.length; cell++) {
                base[cell] = random.nextLong(0, 1_500_000) / 1e4;
            }
            // When
            roundTrip(factors.withCells(base), factors, tenths / 10.0);
            // Then the round trip compares every byte
        }
    }

    @Test
    void cellThatDivisionMisses_isRestoredByItsResidual() throws Exception {
        // Given
        VeTable base = VeTable.of(List.of("1500"), List.of("35"), new double[] {58.0007});
        VeTable factor = base.withCells(new double[] {-7});
        double[] multipliers = Application.multipliers(factor, 7, Set.of());
        VeTable applied = reread(Application.apply(base, multipliers));
        // When
        List<Long> residuals = Residuals.of(base, applied, multipliers);
        // Then
        assertThat(text(Application.restore(applied, multipliers, List.of()))).contains("58.0008");
        assertThat(residuals).containsExactly(-1L);
        assertThat(text(Application.restore(applied, multipliers, residuals))).isEqualTo(text(base));
    }

    @Test
    void negativeZero_keepsItsSign() throws Exception {
        VeTable base = VeTable.of(List.of("1500"), List.of("35", "50"), new double[] {-0.0, 0.0});
        roundTrip(base, base.withCells(new double[] {3, 3}), 7);
    }

    @Test
    void multiplierOfZeroOrLess_failsAndNamesTheCell() {
        VeTable factor = VeTable.of(List.of("1500"), List.of("35", "50"), new double[] {0, -100});

        assertThatThrownBy(() -> Application.multipliers(factor, 100, Set.of()))
                .isInstanceOf(VeException.class)
                .hasMessageContaining("1500 rpm, 50 kPa");
    }

    private static long roundTrip(VeTable base, VeTable factor, double clamp) throws Exception {
        double[] multipliers = Application.multipliers(factor, clamp, Set.of());
        VeTable applied = reread(Application.apply(base, multipliers));
        List<Long> residuals = Residuals.of(base, applied, multipliers);
        VeTable restored = Application.restore(reread(applied), multipliers, residuals);
        assertThat(restored.write()).isEqualTo(base.write());
        return residuals.stream().filter(residual -> residual != 0).count();
    }

    private static VeTable reread(VeTable table) {
        return table.withCells(values(table));
    }

    /** Returns the values of the written text, without the limit on the size of a file. */
    private static double[] values(VeTable table) {
        String[] lines = text(table).split("\r\n");
        double[] cells = new double[table.size()];
        for (int row = 0; row < table.rows(); row++) {
            String[] parts = lines[row + 1].split(",", -1);
            for (int column = 0; column < table.columns(); column++) {
                String part = parts[column + 1].replace("'", "");
                cells[row * table.columns() + column] = part.isEmpty() ? Double.NaN : Double.parseDouble(part);
            }
        }
        return cells;
    }

    private static VeTable table(double[] cells) {
        return VeTable.of(labels(SIDE), labels(SIDE), cells);
    }

    private static List<String> labels(int count) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add(Integer.toString(1000 + 10 * i));
        }
        return labels;
    }

    private static String text(VeTable table) {
        return new String(table.write(), StandardCharsets.UTF_8);
    }
}
