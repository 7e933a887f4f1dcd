package dynoai.analyzer.run;

import dynoai.schemas.Decimal;
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
    private static final int PARTS_SCALE = 3;
    private static final int LEAST = 9 * PARTS;
    private static final int PLACES = 9 * PARTS + 1;
    /** More different commands than any table of targets has. */
    private static final int COMMANDS = 16;
    /** Where a table keeps the lowest and the highest place in use, behind its places. */
    private static final int LOWEST = PLACES;

    private static final int HIGHEST = PLACES + 1;
    private static final long[] TO_PARTS = {1000, 100, 10, 1};

    private final long[] commands = new long[COMMANDS];
    private final int[][] tables = new int[GridAxes.CELLS * COMMANDS][];
    private int commandCount;
    private int lastCommand;
    private int counted;

    AfrPairs() {
        Arrays.fill(commands, Decimal.ABSENT);
    }

    /** Counts an accepted pair, given as packed decimals; false when it has no place here. */
    boolean add(int cell, long commanded, long measured) {
        int command = commands[lastCommand] == commanded ? lastCommand : commandIndex(commanded);
        int scale = Decimal.scale(measured);
        if (command < 0 || scale > PARTS_SCALE || counted == Integer.MAX_VALUE) {
            return false;
        }
        int place = (int) (Decimal.mantissa(measured) * TO_PARTS[scale]) - LEAST;
        int[] table = tables[cell * COMMANDS + command];
        if (table == null) {
            table = newTable();
            tables[cell * COMMANDS + command] = table;
        }
        table[place]++;
        if (place < table[LOWEST]) {
            table[LOWEST] = place;
        }
        if (place > table[HIGHEST]) {
            table[HIGHEST] = place;
        }
        counted++;
        return true;
    }

    private int commandIndex(long commanded) {
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

    /** Moves all counts to the errors that the pairs stand for. */
    void settleInto(ErrorCounts errors) {
        if (counted == 0) {
            return;
        }
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            for (int command = 0; command < commandCount; command++) {
                int[] table = tables[cell * COMMANDS + command];
                if (table != null) {
                    settle(table, Decimal.toDouble(commands[command]), errors.of(cell));
                }
            }
        }
        counted = 0;
    }

    /** Writes all counts, a table's places by their distance to the one before, and forgets them but for the space. */
    void drain(AvroOutput out) {
        for (int cell = 0; cell < GridAxes.CELLS && counted > 0; cell++) {
            for (int command = 0; command < commandCount; command++) {
                int[] table = tables[cell * COMMANDS + command];
                if (table != null && table[LOWEST] <= table[HIGHEST]) {
                    out.writeInt(cell);
                    out.writeLong(commands[command]);
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
            long commanded = in.readLong();
            int place = -1;
            for (int gap = in.readCount(PLACES); gap > 0; gap = in.readCount(PLACES)) {
                place += gap;
                int count = in.readCount(Integer.MAX_VALUE);
                if (place >= PLACES) {
                    throw new UnreadableRecord("an AFR beyond its range in a run's errors");
                }
                addDrained(cell, commanded, Decimal.pack(place + LEAST, PARTS_SCALE), count, errors);
            }
        }
    }

    private void addDrained(int cell, long commanded, long measured, int count, ErrorCounts errors) {
        boolean fits = counted <= Integer.MAX_VALUE - count;
        if (fits && add(cell, commanded, measured)) {
            tables[cell * COMMANDS + lastCommand][(int) Decimal.mantissa(measured) - LEAST] += count - 1;
            counted += count - 1;
        } else {
            double error = MathVersion.errorPercent(Decimal.toDouble(commanded), Decimal.toDouble(measured));
            errors.of(cell).add(error, count);
        }
    }

    private static void settle(int[] table, double commanded, DistinctCounts errors) {
        for (int place = table[LOWEST]; place <= table[HIGHEST]; place++) {
            if (table[place] > 0) {
                double measured = Decimal.toDouble(Decimal.pack(place + LEAST, PARTS_SCALE));
                errors.add(MathVersion.errorPercent(commanded, measured), table[place]);
                table[place] = 0;
            }
        }
        table[LOWEST] = PLACES;
        table[HIGHEST] = -1;
    }
}
