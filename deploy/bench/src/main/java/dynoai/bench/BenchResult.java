package dynoai.bench;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a fold: grids by cylinder ordinal and cell, gates by cylinder and gate ordinal. Empty cells are NaN. */
final class BenchResult {
    static final int ERR = 0;
    static final int CORR = 1;
    static final int TORQUE = 2;
    static final int HP = 3;
    static final int MAD = 4;
    static final int KNOCK = 5;
    static final int IAT = 6;
    private static final String[] NAMES = {"err", "corr", "torque", "hp", "mad", "knock", "iat"};
    private static final double TOLERANCE = 1e-9;

    private static final int CYLINDERS = Cylinder.values().length;

    private final long[][] coverage = new long[CYLINDERS][GridAxes.CELLS];
    private final double[][][] cells = new double[CYLINDERS][NAMES.length][];
    private final long[][] gates = new long[CYLINDERS][Gate.COUNT];

    BenchResult() {
        for (double[][] grids : cells) {
            for (int i = 0; i < grids.length; i++) {
                grids[i] = Grid.empty();
            }
        }
    }

    long[] coverage(int cylinder) {
        return coverage[cylinder];
    }

    /** Grids indexed by {@link #ERR}, {@link #CORR} … */
    double[][] cells(int cylinder) {
        return cells[cylinder];
    }

    long[] gates(int cylinder) {
        return gates[cylinder];
    }

    static BenchResult of(RunGrids run) {
        BenchResult answer = new BenchResult();
        for (Cylinder cylinder : Cylinder.values()) {
            RunGrids.CylinderGrids grids = run.of(cylinder);
            int c = cylinder.ordinal();
            for (int i = 0; i < GridAxes.CELLS; i++) {
                answer.coverage[c][i] = grids.coverage().get(i);
            }
            for (int i = 0; i < Gate.COUNT; i++) {
                answer.gates[c][i] = grids.gates().get(i).rows();
            }
            answer.cells[c][ERR] = grids.err().toArray();
            answer.cells[c][CORR] = grids.corr().toArray();
            answer.cells[c][TORQUE] = grids.torque().toArray();
            answer.cells[c][HP] = grids.hp().toArray();
            answer.cells[c][MAD] = grids.mad().toArray();
            answer.cells[c][KNOCK] = grids.peakKnock().toArray();
            answer.cells[c][IAT] = grids.peakIat().toArray();
        }
        return answer;
    }

    /** Describes every difference: counts must be equal, numbers to nine digits. */
    List<String> differencesFrom(BenchResult other) {
        List<String> differences = new ArrayList<>();
        for (Cylinder cylinder : Cylinder.values()) {
            int c = cylinder.ordinal();
            for (int i = 0; i < Gate.COUNT; i++) {
                if (gates[c][i] != other.gates[c][i]) {
                    differences.add(
                            cylinder.key() + " " + Gate.of(i).key() + ": " + gates[c][i] + " and " + other.gates[c][i]);
                }
            }
            for (int cell = 0; cell < GridAxes.CELLS; cell++) {
                if (coverage[c][cell] != other.coverage[c][cell]) {
                    differences.add(place(cylinder, cell) + " coverage: " + coverage[c][cell] + " and "
                            + other.coverage[c][cell]);
                }
                for (int grid = 0; grid < NAMES.length; grid++) {
                    double a = cells[c][grid][cell];
                    double b = other.cells[c][grid][cell];
                    if (!isSame(a, b)) {
                        differences.add(place(cylinder, cell) + " " + NAMES[grid] + ": " + a + " and " + b);
                    }
                }
            }
        }
        return differences;
    }

    private static boolean isSame(double a, double b) {
        return Double.isNaN(a)
                ? Double.isNaN(b)
                : Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    private static String place(Cylinder cylinder, int cell) {
        return String.format(
                Locale.ROOT, "%s %d rpm %d kPa", cylinder.key(), GridAxes.rpmOfCell(cell), GridAxes.kpaOfCell(cell));
    }
}
