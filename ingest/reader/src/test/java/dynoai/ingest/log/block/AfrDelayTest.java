package dynoai.ingest.log.block;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.LogClock;
import dynoai.schemas.log.RowBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AfrDelayTest {
    @Test
    void afr_isTakenThatMuchLater() throws IOException {
        // Given
        double[] time = {0, 0.02, 0.04, 0.06, 0.08};
        double[] afr = {13.0, 13.1, 13.2, 13.3, 13.4};
        // When
        double[] shifted = shifted(0.04, time, afr, 2);
        // Then
        assertThat(shifted).containsExactly(13.2, 13.3, 13.4, Double.NaN, Double.NaN);
    }

    @Test
    void betweenTwoRows_theNearerOneCountsAndOfEqualOnesTheLater() throws IOException {
        // Given
        double[] time = {0, 0.1, 0.2, 1.0};
        double[] afr = {13.0, 13.1, 13.2, 13.3};
        // When
        double[] fourteen = shifted(0.14, time, afr, 1);
        double[] fifteen = shifted(0.15, time, afr, 1);
        // Then
        assertThat(fourteen).containsExactly(13.1, 13.2, 13.2, Double.NaN);
        assertThat(fifteen).containsExactly(13.2, 13.2, 13.2, Double.NaN);
    }

    @Test
    void logWithoutTime_countsTwentyMillisecondsPerRow() throws IOException {
        // Given
        double[] time = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        double[] afr = {13.0, 13.1, 13.2, 13.3};
        // When
        double[] shifted = shifted(0.06, time, afr, 3);
        // Then
        assertThat(shifted).containsExactly(13.3, Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void timeThatStandsStill_doesNotHoldTheWholeLog() throws IOException {
        // Given
        int rows = 3 * AfrDelay.MAX_ROWS_AHEAD;
        double[] time = new double[rows];
        double[] afr = new double[rows];
        Arrays.fill(afr, 13);
        List<RowBlock> delivered = new ArrayList<>();
        AfrDelay delay = new AfrDelay(0.1, delivered::add);
        // When
        for (RowBlock block : blocks(time, afr, RowBlock.MAX_ROWS)) {
            delay.block(block);
        }
        // Then
        int deliveredRows = delivered.stream().mapToInt(RowBlock::count).sum();
        assertThat(rows - deliveredRows).isLessThan(AfrDelay.MAX_ROWS_AHEAD + 2 * RowBlock.MAX_ROWS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 1024})
    void anyBlockLength_givesTheReadingsOfAPlainSearch(int blockRows) throws IOException {
        // Given a clock with gaps, equal times, times that run backwards and rows without time
        SplittableRandom random = new SplittableRandom(11);
        double[] time = new double[3_000];
        double[] afr = new double[time.length];
        double now = 0;
        for (int i = 0; i < time.length; i++) {
            now += random.nextInt(20) == 0 ? 3 : random.nextInt(5) * 0.02;
            now = random.nextInt(300) == 0 ? 0 : now;
            time[i] = random.nextInt(50) == 0 ? Double.NaN : now;
            afr[i] = random.nextInt(30) == 0 ? Double.NaN : random.nextInt(9_000, 18_000) / 1000.0;
        }
        for (double delay : new double[] {0.001, 0.03, 0.1, 2}) {
            // When
            double[] shifted = shifted(delay, time, afr, blockRows);
            // Then
            assertThat(shifted).as("delay %s", delay).containsExactly(searched(delay, time, afr));
        }
    }

    @Test
    void delayedColumns_keepTheirDigitsTheirSharingAndTheCounts() throws IOException {
        // Given
        Column one = Column.ofDecimals(new long[] {Decimal.pack(131, 1), Decimal.pack(1325, 2)});
        Column[] columns = new Column[Channel.COUNT];
        columns[Channel.RPM.ordinal()] = Column.ofDoubles(new double[] {3000, 3100});
        columns[Channel.MEASURED_AFR_FRONT.ordinal()] = one;
        columns[Channel.MEASURED_AFR_REAR.ordinal()] = one;
        List<RowBlock> delivered = new ArrayList<>();
        AfrDelay delay = new AfrDelay(0.02, delivered::add);
        // When
        delay.block(new RowBlock(2, 5, columns));
        delay.end();
        // Then
        RowBlock block = delivered.get(0);
        Column front = block.column(Channel.MEASURED_AFR_FRONT);
        assertThat(front.decimals()).containsExactly(Decimal.pack(1325, 2), Decimal.ABSENT);
        assertThat(block.column(Channel.MEASURED_AFR_REAR)).isSameAs(front);
        assertThat(block.values(Channel.RPM)).containsExactly(3000, 3100);
        assertThat(block.unreadable()).isEqualTo(5);
    }

    private static double[] searched(double delay, double[] time, double[] afr) {
        LogClock clock = new LogClock();
        double[] shown = Arrays.stream(time).map(clock::advance).toArray();
        double[] found = new double[time.length];
        for (int i = 0; i < found.length; i++) {
            double wanted = shown[i] + delay;
            int later = i;
            while (later < found.length && shown[later] < wanted - 1e-9) {
                later++;
            }
            boolean earlierIsNearer = later < found.length && wanted - shown[later - 1] < shown[later] - wanted - 1e-9;
            found[i] = later == found.length ? Double.NaN : afr[earlierIsNearer ? later - 1 : later];
        }
        return found;
    }

    private static double[] shifted(double delaySeconds, double[] time, double[] afr, int blockRows)
            throws IOException {
        List<double[]> values = new ArrayList<>();
        AfrDelay delay = new AfrDelay(delaySeconds, block -> {
            values.add(Arrays.copyOf(block.values(Channel.MEASURED_AFR_FRONT), block.count()));
        });
        for (RowBlock block : blocks(time, afr, blockRows)) {
            delay.block(block);
        }
        delay.end();
        return values.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static List<RowBlock> blocks(double[] time, double[] afr, int blockRows) {
        List<RowBlock> blocks = new ArrayList<>();
        for (int from = 0; from < time.length; from += blockRows) {
            int to = Math.min(from + blockRows, time.length);
            Column[] columns = new Column[Channel.COUNT];
            columns[Channel.TIME_SECONDS.ordinal()] = Column.ofDoubles(Arrays.copyOfRange(time, from, to));
            columns[Channel.MEASURED_AFR_FRONT.ordinal()] = Column.ofDoubles(Arrays.copyOfRange(afr, from, to));
            blocks.add(new RowBlock(to - from, 0, columns));
        }
        return blocks;
    }
}
