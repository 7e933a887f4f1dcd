package dynoai.analyzer.run;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.log.RowBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows for tests, one array of values per row in channel order, NaN where absent. */
final class Rows {
    private final List<double[]> rows = new ArrayList<>();

    /** A sound row: accepted by every gate, in cell 3000 rpm, 80 kPa. */
    static double[] sound() {
        double[] row = new double[Channel.COUNT];
        java.util.Arrays.fill(row, Double.NaN);
        set(row, Channel.RPM, 3000);
        set(row, Channel.MAP_KPA, 80);
        set(row, Channel.TORQUE_FTLB, 50);
        set(row, Channel.COMMANDED_AFR_FRONT, 13);
        set(row, Channel.COMMANDED_AFR_REAR, 13);
        set(row, Channel.MEASURED_AFR_FRONT, 13);
        set(row, Channel.MEASURED_AFR_REAR, 13);
        return row;
    }

    static double[] set(double[] row, Channel channel, double value) {
        row[channel.ordinal()] = value;
        return row;
    }

    /** Rows of every kind: accepted, out of each range, with absent values; values with few digits. */
    static Rows mixed(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Rows rows = new Rows();
        for (int i = 0; i < count; i++) {
            double[] row = sound();
            set(row, Channel.TIME_SECONDS, i / 50.0);
            set(row, Channel.RPM, random.nextInt(3000, 90_000) / 10.0);
            set(row, Channel.MAP_KPA, random.nextInt(500, 11_500) / 100.0);
            set(row, Channel.TORQUE_FTLB, random.nextInt(0, 12_000) / 100.0);
            set(row, Channel.POWER_HP, random.nextInt(0, 12_000) / 100.0);
            for (Channel target : new Channel[] {Channel.COMMANDED_AFR_FRONT, Channel.COMMANDED_AFR_REAR}) {
                set(row, target, random.nextInt(10) == 0 ? Double.NaN : 12.2 + random.nextInt(4) * 0.5);
            }
            set(row, Channel.MEASURED_AFR_FRONT, random.nextInt(8_500, 18_500) / 1000.0);
            set(row, Channel.MEASURED_AFR_REAR, random.nextInt(850, 1_850) / 100.0);
            set(row, Channel.KNOCK_RETARD_FRONT_DEG, random.nextInt(0, 40) / 10.0);
            set(row, Channel.IAT_FAHRENHEIT, random.nextInt(200, 3_200) / 10.0);
            set(row, Channel.BATTERY_VOLTS, random.nextInt(1_250, 1_450) / 100.0);
            set(row, Channel.THROTTLE_PERCENT, random.nextInt(-10, 1_050) / 10.0);
            rows.add(row);
        }
        return rows;
    }

    Rows add(double[] row) {
        rows.add(row);
        return this;
    }

    int count() {
        return rows.size();
    }

    /** The rows in blocks of the given length, as doubles or as the decimals they are. */
    List<RowBlock> blocks(int length, boolean asDecimals) {
        List<RowBlock> blocks = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += length) {
            int count = Math.min(length, rows.size() - from);
            Column[] columns = new Column[Channel.COUNT];
            for (int c = 0; c < Channel.COUNT; c++) {
                columns[c] = column(c, from, count, asDecimals);
            }
            blocks.add(new RowBlock(count, 0, columns));
        }
        return blocks;
    }

    private Column column(int channel, int from, int count, boolean asDecimals) {
        double[] values = new double[count];
        long[] decimals = new long[count];
        for (int i = 0; i < count; i++) {
            double value = rows.get(from + i)[channel];
            values[i] = value;
            decimals[i] = Double.isNaN(value) ? Decimal.ABSENT : Decimal.pack(Math.round(value * 1000), 3);
        }
        return asDecimals ? Column.ofDecimals(decimals) : Column.ofDoubles(values);
    }

    static LogDescription description(boolean frontAfr, boolean rearAfr) {
        return description(frontAfr, rearAfr, false);
    }

    /** @param byHits whether every row weighs 1.0 */
    static LogDescription description(boolean frontAfr, boolean rearAfr, boolean byHits) {
        return new LogDescription(
                LogFormat.WINPEP,
                "ASCII",
                "comma",
                List.of(),
                List.of(),
                frontAfr,
                rearAfr,
                false,
                List.of(),
                List.of(),
                0,
                byHits,
                List.of());
    }
}
