package dynoai.ingest.log;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.RowBlock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rules of spec section 2 to parsed rows: units, torque from power, unreadable rows, lambda for AFR, the table
 * of targets. A channel that no rule changes keeps the log's digits.
 */
final class RowResolver {
    private final LogPlan plan;
    private final boolean[] kept = new boolean[RowBlock.MAX_ROWS];
    private final double[] @Nullable [] computed = new double[Channel.COUNT][];
    private final double[] @Nullable [] values = new double[Channel.COUNT][];
    private final Column[] columns = new Column[Channel.COUNT];
    private RawBlock raw = new RawBlock(0, false);
    private int rows;

    RowResolver(LogPlan plan) {
        this.plan = plan;
    }

    /** Returns the block's resolved rows; the raw block must not be used afterwards. */
    RowBlock resolve(RawBlock block) {
        raw = block;
        rows = block.rows;
        Arrays.fill(values, null);
        Arrays.fill(columns, null);
        for (Channel channel : Channel.values()) {
            take(channel, plan.slot(channel));
        }
        convertUnits();
        deriveTorque();
        int dropped = markUnreadable();
        if (dropped > 0) {
            dropUnreadable();
        }
        replaceByLambdas();
        if (plan.fillsAfrTargets()) {
            fillTargets(Channel.COMMANDED_AFR_FRONT);
            fillTargets(Channel.COMMANDED_AFR_REAR);
        }
        return new RowBlock(rows, dropped, columns);
    }

    private void take(Channel channel, int slot) {
        if (slot < 0) {
            return;
        }
        int c = channel.ordinal();
        for (int earlier = 0; earlier < c; earlier++) {
            if (plan.slot(Channel.of(earlier)) == slot) {
                values[c] = values[earlier];
                columns[c] = columns[earlier];
                return;
            }
        }
        values[c] = raw.values[slot];
        columns[c] = raw.column(slot);
    }

    /** Whether the channel has values of its own, which may be changed. */
    private boolean isComputed(Channel channel) {
        double[] own = computed[channel.ordinal()];
        return own != null && values[channel.ordinal()] == own;
    }

    /** Copies the channel's values, so that they can be changed; its column no longer has the log's digits. */
    private double[] compute(Channel channel) {
        int c = channel.ordinal();
        double[] own = computed[c];
        if (own == null) {
            own = new double[RowBlock.MAX_ROWS];
            computed[c] = own;
        }
        if (values[c] == null) {
            Arrays.fill(own, 0, rows, Double.NaN);
        } else if (values[c] != own) {
            System.arraycopy(values[c], 0, own, 0, rows);
        }
        values[c] = own;
        columns[c] = Column.ofDoubles(own);
        return own;
    }

    private void convertUnits() {
        UnitRules units = plan.units();
        for (Channel channel : Channel.values()) {
            if (values[channel.ordinal()] == null) {
                continue;
            }
            if (units.factor(channel) != 1) {
                scale(channel, units.factor(channel));
            } else if (units.isCelsius(channel)) {
                convertToFahrenheit(channel);
            } else if (plan.mixture(channel) != Mixture.AFR) {
                convertToAfr(channel, plan.mixture(channel));
            }
        }
        if (plan.isRpmInThousands()) {
            scale(Channel.RPM, UnitRules.RPM_PER_THOUSAND);
        }
        if (plan.isTimeInMilliseconds() && values[Channel.TIME_SECONDS.ordinal()] != null) {
            double[] time = compute(Channel.TIME_SECONDS);
            for (int i = 0; i < rows; i++) {
                time[i] = UnitRules.seconds(time[i]);
            }
        }
    }

    private void scale(Channel channel, double factor) {
        double[] scaled = compute(channel);
        for (int i = 0; i < rows; i++) {
            scaled[i] *= factor;
        }
    }

    private void convertToFahrenheit(Channel channel) {
        double[] temperature = compute(channel);
        for (int i = 0; i < rows; i++) {
            temperature[i] = UnitRules.fahrenheit(temperature[i]);
        }
    }

    private void convertToAfr(Channel channel, Mixture mixture) {
        double[] afr = compute(channel);
        for (int i = 0; i < rows; i++) {
            afr[i] = mixture.usableAfr(afr[i]);
        }
    }

    private void deriveTorque() {
        double[] hp = values[Channel.POWER_HP.ordinal()];
        if (hp == null) {
            return;
        }
        double[] rpm = values[Channel.RPM.ordinal()];
        double[] torque = values[Channel.TORQUE_FTLB.ordinal()];
        for (int i = 0; i < rows; i++) {
            boolean absent = torque == null || Double.isNaN(torque[i]);
            if (absent && !Double.isNaN(hp[i]) && rpm[i] > 0) {
                if (torque == null || !isComputed(Channel.TORQUE_FTLB)) {
                    torque = compute(Channel.TORQUE_FTLB);
                }
                torque[i] = hp[i] * 5252.0 / rpm[i];
            }
        }
    }

    private int markUnreadable() {
        double[] rpm = values[Channel.RPM.ordinal()];
        double[] kpa = values[Channel.MAP_KPA.ordinal()];
        double[] torque = values[Channel.TORQUE_FTLB.ordinal()];
        int dropped = 0;
        for (int i = 0; i < rows; i++) {
            boolean weighs = plan.weightsByHits() || torque != null && !Double.isNaN(torque[i]);
            boolean keeps = weighs && !Double.isNaN(rpm[i]) && !Double.isNaN(kpa[i]);
            kept[i] = keeps;
            if (!keeps) {
                dropped++;
            }
        }
        return dropped;
    }

    private void dropUnreadable() {
        int left = pack(raw.values, raw.decimals == null ? new long[0][] : raw.decimals);
        pack(computed, new long[0][]);
        rows = left;
    }

    /** Moves the kept rows of every array to its front and returns their number. */
    private int pack(double[][] doubles, long[][] decimals) {
        int to = 0;
        for (int from = 0; from < rows; from++) {
            if (!kept[from]) {
                continue;
            }
            if (to != from) {
                for (double[] values : doubles) {
                    if (values != null) {
                        values[to] = values[from];
                    }
                }
                for (long[] values : decimals) {
                    values[to] = values[from];
                }
            }
            to++;
        }
        return to;
    }

    private void replaceByLambdas() {
        for (Cylinder cylinder : Cylinder.values()) {
            replaceByLambda(Channel.commandedAfr(cylinder));
        }
        replaceByLambda(Channel.MEASURED_AFR_FRONT);
        if (plan.frontServesRear()) {
            same(Channel.MEASURED_AFR_FRONT, Channel.MEASURED_AFR_REAR);
        } else {
            replaceByLambda(Channel.MEASURED_AFR_REAR);
        }
    }

    private void same(Channel from, Channel to) {
        values[to.ordinal()] = values[from.ordinal()];
        columns[to.ordinal()] = columns[from.ordinal()];
    }

    /** Replaces an invalid AFR by the row's first usable lambda, if there is one. */
    private void replaceByLambda(Channel channel) {
        List<LogPlan.Replacement> lambdas = plan.replacements(channel);
        if (lambdas.isEmpty()) {
            return;
        }
        double[] afr = values[channel.ordinal()];
        for (int i = 0; i < rows; i++) {
            if (afr != null && Afr.isValid(afr[i])) {
                continue;
            }
            for (LogPlan.Replacement lambda : lambdas) {
                double replacement = lambda.mixture().usableAfr(raw.values[lambda.slot()][i]);
                if (!Double.isNaN(replacement)) {
                    if (afr == null || !isComputed(channel)) {
                        afr = compute(channel);
                    }
                    afr[i] = replacement;
                    break;
                }
            }
        }
    }

    private void fillTargets(Channel channel) {
        double[] commanded = values[channel.ordinal()];
        double[] kpa = values[Channel.MAP_KPA.ordinal()];
        for (int i = 0; i < rows; i++) {
            if (commanded == null || Double.isNaN(commanded[i])) {
                if (commanded == null || !isComputed(channel)) {
                    commanded = compute(channel);
                }
                commanded[i] = Afr.target(kpa[i]);
            }
        }
    }
}
