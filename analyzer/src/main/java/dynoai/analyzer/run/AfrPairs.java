package dynoai.analyzer.run;

import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.MathVersion;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts accepted rows by commanded and measured AFR, which together determine the error. Measured AFR has at most three
 * decimals and there are few commanded values, so a pair is a place in a table, and neighbouring readings share a cache line.
 * Tables are allocated in shelves, since the readings of a cell are close together. A pair that does not fit is counted by its
 * error, in {@link ErrorCounts}.
 */
final class AfrPairs {
    private static final int PARTS = 1000;
    private static final int MIN = 9 * PARTS;
    private static final int PLACES = 9 * PARTS + 1;
    /** More distinct commanded values than any target table has. */
    private static final int COMMANDS = 16;

    /** The measured AFR of each place. Looking it up is faster than dividing. */
    private static final double[] MEASURED = measured();

    private static final int SHELF_BITS = 8;
    private static final int SHELF = 1 << SHELF_BITS;
    private static final int SHELVES = (PLACES >> SHELF_BITS) + 1;
    /** Index in a shelf of the number of its places in use. */
    private static final int USED = SHELF;

    private final double[] commands = new double[COMMANDS];
    private final int[][][] tables = new int[GridAxes.CELLS * COMMANDS][][];
    private int commandCount;
    private int lastCommand;
    private int distinct;

    AfrPairs() {
        Arrays.fill(commands, Double.NaN);
    }

    /** Counts the pairs of the rows that passed; one that does not fit is counted by its error. */
    void add(
            double[] commanded,
            double[] measured,
            byte[] gate,
            int[] cell,
            double[] err,
            int rows,
            ErrorCounts errors) {
        int lastCell = -1;
        double lastCommanded = Double.NaN;
        int[][] shelves = null;
        for (int i = 0; i < rows; i++) {
            if (gate[i] != OperatingPoint.PASSED) {
                continue;
            }
            // An engine stays in a cell for many rows.
            if (cell[i] != lastCell || commanded[i] != lastCommanded) {
                lastCell = cell[i];
                lastCommanded = commanded[i];
                shelves = shelves(lastCell, lastCommanded);
            }
            if (shelves == null || !add(shelves, measured[i], 1)) {
                errors.add(cell[i], err[i]);
            }
        }
    }

    /** Counts a pair and returns true, unless its measured AFR does not fit. */
    private boolean add(int[][] shelves, double measured, int count) {
        int place = (int) (measured * PARTS + 0.5) - MIN;
        if (place < 0 || place >= PLACES || MEASURED[place] != measured) {
            return false;
        }
        int[] shelf = shelf(shelves, place >> SHELF_BITS);
        int at = place & SHELF - 1;
        int sum = shelf[at] + count;
        if (sum < 0) {
            return false;
        }
        shelf[at] = sum;
        if (sum == count) {
            shelf[USED]++;
            distinct++;
        }
        return true;
    }

    /** Returns the table of a cell and a commanded AFR, or null if there are too many commanded AFRs. */
    private int @Nullable [][] shelves(int cell, double commanded) {
        int command = commands[lastCommand] == commanded ? lastCommand : commandIndex(commanded);
        if (command < 0) {
            return null;
        }
        int table = cell * COMMANDS + command;
        int[][] shelves = tables[table];
        if (shelves == null) {
            shelves = new int[SHELVES][];
            tables[table] = shelves;
        }
        return shelves;
    }

    private static int[] shelf(int[][] shelves, int number) {
        int[] shelf = shelves[number];
        if (shelf == null) {
            shelf = new int[SHELF + 1];
            shelves[number] = shelf;
        }
        return shelf;
    }

    /** Returns the number of distinct pairs. */
    int distinct() {
        return distinct;
    }

    private int commandIndex(double commanded) {
        for (int i = 0; i < commandCount; i++) {
            if (commands[i] == commanded) {
                lastCommand = i;
                return i;
            }
        }
        if (commandCount == COMMANDS) {
            return -1;
        }
        commands[commandCount] = commanded;
        lastCommand = commandCount++;
        return lastCommand;
    }

    /** Adds the errors of a cell's pairs, a run per commanded value: the leaner the reading, the lower the error. */
    void addTo(SortedErrors sorted, int cell) {
        for (int command = 0; command < commandCount; command++) {
            int[][] shelves = tables[cell * COMMANDS + command];
            if (shelves != null) {
                forEach(shelves, commands[command], sorted::add);
                sorted.endRun();
            }
        }
    }

    /** Visits the errors of a cell's pairs. */
    void forEach(int cell, ErrorVisitor visitor) {
        for (int command = 0; command < commandCount; command++) {
            int[][] shelves = tables[cell * COMMANDS + command];
            if (shelves != null) {
                forEach(shelves, commands[command], visitor);
            }
        }
    }

    private static void forEach(int[][] shelves, double commanded, ErrorVisitor visitor) {
        for (int number = SHELVES - 1; number >= 0; number--) {
            int[] shelf = shelves[number];
            if (shelf != null && shelf[USED] > 0) {
                for (int at = SHELF - 1; at >= 0; at--) {
                    if (shelf[at] > 0) {
                        double measured = MEASURED[(number << SHELF_BITS) + at];
                        visitor.error(MathVersion.errorPercent(commanded, measured), shelf[at]);
                    }
                }
            }
        }
    }

    /** Returns the number of pairs of a cell. */
    long total(int cell) {
        long[] total = {0};
        forEach(cell, (error, count) -> total[0] += count);
        return total[0];
    }

    /** Writes all counts, the places of a table as differences, and clears them but keeps the memory. */
    void drain(BinaryOutput out) {
        for (int cell = 0; cell < GridAxes.CELLS && distinct > 0; cell++) {
            for (int command = 0; command < commandCount; command++) {
                int[][] shelves = tables[cell * COMMANDS + command];
                if (shelves != null && isUsed(shelves)) {
                    out.writeInt(cell);
                    out.writeDouble(commands[command]);
                    drain(shelves, out);
                }
            }
        }
        out.writeInt(GridAxes.CELLS);
        distinct = 0;
    }

    private static boolean isUsed(int[][] shelves) {
        for (int[] shelf : shelves) {
            if (shelf != null && shelf[USED] > 0) {
                return true;
            }
        }
        return false;
    }

    private static void drain(int[][] shelves, BinaryOutput out) {
        int before = -1;
        for (int number = 0; number < SHELVES; number++) {
            int[] shelf = shelves[number];
            if (shelf != null && shelf[USED] > 0) {
                for (int at = 0; at < SHELF; at++) {
                    if (shelf[at] > 0) {
                        int place = (number << SHELF_BITS) + at;
                        out.writeInt(place - before);
                        out.writeInt(shelf[at]);
                        before = place;
                    }
                }
                Arrays.fill(shelf, 0);
            }
        }
        out.writeInt(0);
    }

    /** Adds counts that {@link #drain} wrote; a pair that does not fit goes to the errors. */
    void addDrained(BinaryInput in, ErrorCounts errors) throws UnreadableRecordException {
        for (int cell = in.readCount(GridAxes.CELLS); cell < GridAxes.CELLS; cell = in.readCount(GridAxes.CELLS)) {
            double commanded = in.readDouble();
            int place = -1;
            for (int gap = in.readCount(PLACES); gap > 0; gap = in.readCount(PLACES)) {
                place += gap;
                int count = in.readCount(Integer.MAX_VALUE);
                if (place >= PLACES) {
                    throw new UnreadableRecordException("an AFR beyond its range in a run's errors");
                }
                addDrained(cell, commanded, MEASURED[place], count, errors);
            }
        }
    }

    private void addDrained(int cell, double commanded, double measured, int count, ErrorCounts errors) {
        int[][] shelves = shelves(cell, commanded);
        if (shelves == null || !add(shelves, measured, count)) {
            errors.of(cell).add(MathVersion.errorPercent(commanded, measured), count);
        }
    }

    private static double[] measured() {
        double[] measured = new double[PLACES];
        for (int place = 0; place < PLACES; place++) {
            measured[place] = (double) (place + MIN) / PARTS;
        }
        return measured;
    }
}
