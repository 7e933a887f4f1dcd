package dynoai.analyzer.run;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids.CylinderGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.MathVersion;
import dynoai.schemas.option.Option;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gates the rows of one cylinder and adds the accepted ones to its cells, strictly in row order. Errors and corrections of the
 * block are computed first, in a loop without branches that the JIT can vectorize.
 */
final class CylinderFold {
    private static final byte NO_REQUEST = (byte) Gate.NO_REQUESTED_AFR.ordinal();
    private static final byte NO_DELAYED = (byte) Gate.NO_DELAYED_AFR.ordinal();
    private static final byte FUEL_CUT = (byte) Gate.FUEL_CUT.ordinal();
    private static final byte BAD = (byte) Gate.BAD_AFR.ordinal();
    private static final double MIN_AFR = 9;
    private static final double MAX_AFR = 18;

    private final Cylinder cylinder;
    private final MathVersion version;
    private final boolean hasAfr;
    private final boolean delaysAfr;
    private final @Nullable RowFilters filters;

    private final ErrorCounts errors = new ErrorCounts();
    private final AfrPairs pairs = new AfrPairs();
    final CylinderSums sums = new CylinderSums();

    /** The {@link Gate} ordinal, error and correction in percent of each row of the current block. */
    final byte[] gate = new byte[RowBlock.MAX_ROWS];

    final double[] err = new double[RowBlock.MAX_ROWS];
    final double[] corr = new double[RowBlock.MAX_ROWS];

    /** @param filters the filters after the gates, which have judged the block; null for none */
    CylinderFold(Cylinder cylinder, AnalysisOptions options, boolean hasAfr, @Nullable RowFilters filters) {
        this.cylinder = cylinder;
        this.version = options.mathVersion();
        this.hasAfr = hasAfr;
        this.delaysAfr = options.number(Option.AFR_DELAY) > 0;
        this.filters = filters;
    }

    void fold(ChannelValues values, OperatingPoint point, int rows) {
        double[] commanded = values.of(Channel.commandedAfr(cylinder));
        double[] measured = values.of(Channel.measuredAfr(cylinder));
        compute(commanded, measured, rows);
        judge(commanded, measured, point, rows);
        if (filters != null) {
            leaveOut(filters, measured, rows);
        }
        if (hasAfr) {
            add(values, point, rows);
        } else if (!version.isReplay()) {
            cover(point, rows);
        }
        peaks(values, point, rows);
    }

    private void compute(double[] commanded, double[] measured, int rows) {
        for (int i = 0; i < rows; i++) {
            err[i] = (commanded[i] - measured[i]) / measured[i] * 100;
        }
        switch (version) {
            case V2_0_0:
                for (int i = 0; i < rows; i++) {
                    corr[i] = (measured[i] / commanded[i] - 1) * 100;
                }
                break;
            case V1_0_0:
                for (int i = 0; i < rows; i++) {
                    corr[i] = (measured[i] - commanded[i]) * 7;
                }
                break;
            default:
                System.arraycopy(err, 0, corr, 0, rows);
        }
    }

    private void judge(double[] commanded, double[] measured, OperatingPoint point, int rows) {
        for (int i = 0; i < rows; i++) {
            double target = commanded[i];
            double actual = measured[i];
            boolean valid = isValid(target) && isValid(actual);
            byte result = point.gate[i];
            if (!hasAfr || !valid) {
                result = invalid(target, actual);
                sums.reject(result, result == BAD ? invalidOf(target, actual) : Double.NaN);
            } else if (result != OperatingPoint.PASSED) {
                sums.reject(result, point.rejected[i]);
            }
            gate[i] = result;
        }
    }

    private byte invalid(double target, double actual) {
        if (!hasAfr || Double.isNaN(target)) {
            return NO_REQUEST;
        }
        return delaysAfr && Double.isNaN(actual) ? NO_DELAYED : BAD;
    }

    /** Applies the filters to the rows that passed the gates. */
    private void leaveOut(RowFilters filters, double[] measured, int rows) {
        for (int i = 0; i < rows; i++) {
            if (gate[i] != OperatingPoint.PASSED) {
                continue;
            }
            if (filters.gate[i] != OperatingPoint.PASSED) {
                gate[i] = filters.gate[i];
                sums.reject(gate[i], filters.rejected[i]);
            } else if (filters.isFuelCut(i, measured[i])) {
                gate[i] = FUEL_CUT;
                sums.reject(gate[i], measured[i]);
            }
        }
    }

    private static double invalidOf(double target, double actual) {
        return isValid(actual) ? target : actual;
    }

    /** Whether gate 2 accepts an AFR. */
    static boolean isValid(double afr) {
        return afr >= MIN_AFR && afr <= MAX_AFR;
    }

    private void add(ChannelValues values, OperatingPoint point, int rows) {
        double[] torque = values.of(Channel.TORQUE_FTLB);
        sums.add(gate, point, err, corr, torque, values.of(Channel.POWER_HP), rows);
        pairs.add(
                values.of(Channel.commandedAfr(cylinder)),
                values.of(Channel.measuredAfr(cylinder)),
                gate,
                point.cell,
                err,
                rows,
                errors);
        errors.limitMemory();
    }

    /** Returns the number of distinct errors in memory. */
    int distinctErrors() {
        return pairs.distinct() + errors.held();
    }

    /** Writes the errors counted since the last call and clears them. */
    void drainErrors(BinaryOutput out) {
        pairs.drain(out);
        errors.drain(out);
    }

    /** Adds errors that {@link #drainErrors} wrote. */
    void addDrainedErrors(BinaryInput in) throws UnreadableRecordException {
        pairs.addDrained(in, errors);
        errors.addDrained(in);
        errors.limitMemory();
    }

    /** Deletes the temporary file of errors. */
    void close() {
        errors.close();
    }

    private void cover(OperatingPoint point, int rows) {
        for (int i = 0; i < rows; i++) {
            boolean leftOut = filters != null && filters.gate[i] != OperatingPoint.PASSED;
            if (point.gate[i] == OperatingPoint.PASSED && !leftOut) {
                sums.cover(point.cell[i]);
            }
        }
    }

    /** Knock counts even without a wideband reading; the replay version uses accepted rows only. */
    private void peaks(ChannelValues values, OperatingPoint point, int rows) {
        double[] knock = values.of(Channel.knockRetard(cylinder));
        double[] iat = values.of(Channel.IAT_FAHRENHEIT);
        byte[] counted = peakRows(point);
        for (int i = 0; i < rows; i++) {
            if (counted[i] == OperatingPoint.PASSED) {
                sums.peak(point.cell[i], knock[i], iat[i]);
            }
        }
    }

    /** Returns the gates that decide which rows count for the peaks. */
    byte[] peakRows(OperatingPoint point) {
        return version.isReplay() ? gate : point.gate;
    }

    CylinderGrids grids() {
        double[] err = Grid.empty();
        double[] corr = Grid.empty();
        double[] torque = Grid.empty();
        double[] hp = Grid.empty();
        List<Long> coverage = new ArrayList<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            coverage.add(sums.coverage(cell));
            double weight = sums.weight(cell);
            if (weight > 0 && Double.isFinite(weight)) {
                err[cell] = finite(sums.err(cell) / weight);
                corr[cell] = finite(sums.corr(cell) / weight);
                torque[cell] = positive(sums.torque(cell), weight);
                hp[cell] = positive(sums.hp(cell), weight);
            }
        }
        return new CylinderGrids(
                Grid.of(err),
                Grid.of(corr),
                Grid.of(torque),
                Grid.of(hp),
                List.copyOf(coverage),
                Grid.of(errors.mad(pairs)),
                Grid.of(sums.peakKnock()),
                Grid.of(sums.peakIat()),
                tallies());
    }

    private static double positive(double sum, double weight) {
        return sum > 0 ? finite(sum / weight) : Double.NaN;
    }

    /** A cell whose sum overflows stays empty. */
    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private List<GateTally> tallies() {
        List<GateTally> tallies = new ArrayList<>();
        for (Gate each : Gate.values()) {
            tallies.add(sums.tally(each));
        }
        return List.copyOf(tallies);
    }
}
