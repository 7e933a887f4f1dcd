package dynoai.analyzer.run;

import dynoai.schemas.GridAxes;
import dynoai.schemas.MathVersion;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecord;
import java.util.Arrays;

/**
 * Counts accepted rows by commanded and measured AFR, which together determine the error. A log gives AFR in thousandths at
 * most and commands few different values, so that a pair is simply a place in a table; neighbouring readings share a line
 * of the cache. Whatever does not fit is counted by its error, in {@link ErrorCounts}.
 */
final class AfrPairs {
    private static final int PARTS = 1000;
    private static final int LEAST = 9 * PARTS;
    private static final int PLACES = 9 * PARTS + 1;
    /** More different commands than any table of targets has. */
    private static final int COMMANDS = 16;
    /** Where a table keeps the lowest and the highest place in use, behind its places. */
    private static final int LOWEST = PLACES;

    private static final int HIGHEST = PLACES + 1;

    private final double[] commands = new double[COMMANDS];
    private final int[][] tables = new int[GridAxes.CELLS * COMMANDS][];
    private int commandCount;
    private int lastCommand;
    private long counted;

    AfrPairs() {
        Arrays.fill(commands, Double.NaN);
    }

    /** Counts the pairs of the rows that passed; one that has no place here is counted by its error. */
    void add(
            double[] commanded,
            double[] measured,
            byte[] gate,
            int[] cell,
            double[] err,
            int rows,
            ErrorCounts errors) {
        for (int i = 0; i < rows; i++) {
            if (gate[i] == OperatingPoint.PASSED && !add(cell[i], commanded[i], measured[i], 1)) {
                errors.add(cell[i], err[i]);
            }
        }
    }

    /** Counts an accepted pair; false when it has no place here. */
    private boolean add(int cell, double commanded, double measured, int count) {
        int command = commands[lastCommand] == commanded ? lastCommand : commandIndex(commanded);
        int parts = (int) (measured * PARTS + 0.5);
        int place = parts - LEAST;
        if (command < 0 || (double) parts / PARTS != measured || place < 0 || place >= PLACES) {
            return false;
        }
        int[] table = tables[cell * COMMANDS + command];
        if (table == null) {
            table = newTable();
            tables[cell * COMMANDS + command] = table;
        }
        int sum = table[place] + count;
        if (sum < 0) {
            return false;
        }
        table[place] = sum;
        if (place < table[LOWEST]) {
            table[LOWEST] = place;
        }
        if (place > table[HIGHEST]) {
            table[HIGHEST] = place;
        }
        counted += count;
        return true;
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

    private static int[] newTable() {
        int[] table = new int[PLACES + 2];
        table[LOWEST] = PLACES;
        table[HIGHEST] = -1;
        return table;
    }

    /** Adds the errors that a cell's pairs stand for, each command's in order: the leaner the reading, the lower the error. */
    void addTo(SortedErrors sorted, int cell) {
        for (int command = 0; command < commandCount; command++) {
            int[] table = tables[cell * COMMANDS + command];
            if (table != null) {
                forEach(table, commands[command], sorted::add);
                sorted.endRun();
            }
        }
    }

    /** Takes the errors that a cell's pairs stand for. */
    void forEach(int cell, ErrorVisitor visitor) {
        for (int command = 0; command < commandCount; command++) {
            int[] table = tables[cell * COMMANDS + command];
            if (table != null) {
                forEach(table, commands[command], visitor);
            }
        }
    }

    private static void forEach(int[] table, double commanded, ErrorVisitor visitor) {
        for (int place = table[HIGHEST]; place >= table[LOWEST]; place--) {
            if (table[place] > 0) {
                visitor.error(MathVersion.errorPercent(commanded, measured(place)), table[place]);
            }
        }
    }

    /** How many pairs a cell has. */
    long total(int cell) {
        long[] total = {0};
        forEach(cell, (error, count) -> total[0] += count);
        return total[0];
    }

    /** Writes all counts, a table's places by their distance to the one before, and forgets them but for the space. */
    void drain(AvroOutput out) {
        for (int cell = 0; cell < GridAxes.CELLS && counted > 0; cell++) {
            for (int command = 0; command < commandCount; command++) {
                int[] table = tables[cell * COMMANDS + command];
                if (table != null && table[LOWEST] <= table[HIGHEST]) {
                    out.writeInt(cell);
                    out.writeDouble(commands[command]);
                    drain(table, out);
                }
            }
        }
        out.writeInt(GridAxes.CELLS);
        counted = 0;
    }

    private static void drain(int[] table, AvroOutput out) {
        int before = -1;
        for (int place = table[LOWEST]; place <= table[HIGHEST]; place++) {
            if (table[place] > 0) {
                out.writeInt(place - before);
                out.writeInt(table[place]);
                table[place] = 0;
                before = place;
            }
        }
        out.writeInt(0);
        table[LOWEST] = PLACES;
        table[HIGHEST] = -1;
    }

    /** Adds what {@link #drain} wrote; what has no place here goes to the errors. */
    void addDrained(AvroInput in, ErrorCounts errors) throws UnreadableRecord {
        for (int cell = in.readCount(GridAxes.CELLS); cell < GridAxes.CELLS; cell = in.readCount(GridAxes.CELLS)) {
            double commanded = in.readDouble();
            int place = -1;
            for (int gap = in.readCount(PLACES); gap > 0; gap = in.readCount(PLACES)) {
                place += gap;
                int count = in.readCount(Integer.MAX_VALUE);
                if (place >= PLACES) {
                    throw new UnreadableRecord("an AFR beyond its range in a run's errors");
                }
                addDrained(cell, commanded, measured(place), count, errors);
            }
        }
    }

    private void addDrained(int cell, double commanded, double measured, int count, ErrorCounts errors) {
        if (!add(cell, commanded, measured, count)) {
            errors.of(cell).add(MathVersion.errorPercent(commanded, measured), count);
        }
    }

    private static double measured(int place) {
        return (double) (place + LEAST) / PARTS;
    }
}
