package dynoai.ingest.log;

import java.util.Arrays;
import java.util.TreeSet;

/** Numbers the columns that are read in file order, so that a row is parsed from left to right up to the last of them. */
final class SlotMap {
    private final int[] columns;

    private SlotMap(int[] columns) {
        this.columns = columns;
    }

    /** @param columns column indexes in any order; negative ones are ignored */
    static SlotMap of(Iterable<Integer> columns) {
        TreeSet<Integer> sorted = new TreeSet<>();
        for (int column : columns) {
            if (column >= 0) {
                sorted.add(column);
            }
        }
        int[] inOrder = new int[sorted.size()];
        int slots = 0;
        for (int column : sorted) {
            inOrder[slots++] = column;
        }
        return new SlotMap(inOrder);
    }

    int count() {
        return columns.length;
    }

    /** Returns the column's slot, or -1 if it is not read. */
    int slotOf(int column) {
        int slot = Arrays.binarySearch(columns, column);
        return column < 0 || slot < 0 ? -1 : slot;
    }

    /** Returns the number of unread columns before each slot. */
    int[] gaps() {
        int[] gaps = new int[columns.length];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = columns[i] - (i == 0 ? 0 : columns[i - 1] + 1);
        }
        return gaps;
    }
}
