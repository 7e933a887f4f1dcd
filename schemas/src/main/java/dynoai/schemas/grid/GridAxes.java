package dynoai.schemas.grid;

/** The axes of every grid: 11 engine speeds by 5 manifold pressures. The 55 cells are numbered row by row. */
public final class GridAxes {
    public static final int RPM_COUNT = 11;
    public static final int KPA_COUNT = 5;
    public static final int CELLS = RPM_COUNT * KPA_COUNT;

    private static final int FIRST_RPM = 1500;
    private static final int RPM_STEP = 500;
    private static final int FIRST_KPA = 35;
    private static final int KPA_STEP = 15;

    /** From the middle of a cell to its edge. */
    public static final double HALF_RPM_STEP = RPM_STEP / 2.0;

    public static final double HALF_KPA_STEP = KPA_STEP / 2.0;

    private GridAxes() {}

    /** Returns the engine speed of a row, in revolutions per minute. */
    public static int rpm(int rpmIndex) {
        return FIRST_RPM + RPM_STEP * rpmIndex;
    }

    /** Returns the manifold pressure of a column, in kPa. */
    public static int kpa(int kpaIndex) {
        return FIRST_KPA + KPA_STEP * kpaIndex;
    }

    public static int rpmOfCell(int cell) {
        return rpm(cell / KPA_COUNT);
    }

    public static int kpaOfCell(int cell) {
        return kpa(cell % KPA_COUNT);
    }

    /** Returns the nearest cell; a value half way between two bins goes to the lower one. */
    public static int cell(double rpm, double kpa) {
        return nearest(rpm, FIRST_RPM, RPM_STEP, RPM_COUNT) * KPA_COUNT + nearest(kpa, FIRST_KPA, KPA_STEP, KPA_COUNT);
    }

    public static int rpmIndex(double rpm) {
        return nearest(rpm, FIRST_RPM, RPM_STEP, RPM_COUNT);
    }

    public static int kpaIndex(double kpa) {
        return nearest(kpa, FIRST_KPA, KPA_STEP, KPA_COUNT);
    }

    /** Whether a value is beyond the outer edge of the edge cells, in one of which it is counted. */
    public static boolean isOutsideGrid(double rpm, double kpa) {
        return rpm < FIRST_RPM - HALF_RPM_STEP
                || rpm > rpm(RPM_COUNT - 1) + HALF_RPM_STEP
                || kpa < FIRST_KPA - HALF_KPA_STEP
                || kpa > kpa(KPA_COUNT - 1) + HALF_KPA_STEP;
    }

    /**
     * Returns the last bin whose lower midpoint is strictly below the value; midpoints are exact in binary. Multiplying by the
     * reciprocal of the step instead of dividing may end one midpoint too low, which the comparisons correct.
     */
    private static int nearest(double value, int first, int step, int count) {
        double lowestMidpoint = first + step / 2.0;
        if (!(value > lowestMidpoint)) {
            return 0;
        }
        int index = (int) ((value - lowestMidpoint) * (1.0 / step));
        if (index >= count - 1) {
            return count - 1;
        }
        double midpoint = lowestMidpoint + (double) index * step;
        if (!(value > midpoint)) {
            return index;
        }
        return Math.min(count - 1, value > midpoint + step ? index + 2 : index + 1);
    }
}
