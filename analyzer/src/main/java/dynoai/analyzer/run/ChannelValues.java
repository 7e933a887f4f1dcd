package dynoai.analyzer.run;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import java.util.Arrays;

/** A block's values by channel; a missing channel is absent in every row. */
final class ChannelValues {
    static final double[] ABSENT = absent();

    private final RowBlock block;

    ChannelValues(RowBlock block) {
        this.block = block;
    }

    double[] of(Channel channel) {
        double[] values = block.values(channel);
        return values == null ? ABSENT : values;
    }

    boolean has(Channel channel) {
        return block.values(channel) != null;
    }

    private static double[] absent() {
        double[] values = new double[RowBlock.MAX_ROWS];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
