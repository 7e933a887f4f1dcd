package dynoai.analyzer.run;

import dynoai.schemas.Decimal;
import dynoai.schemas.GridAxes;
import dynoai.schemas.MathVersion;
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
