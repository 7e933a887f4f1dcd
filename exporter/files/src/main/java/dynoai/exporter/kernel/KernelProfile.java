package dynoai.exporter.kernel;

/**
 * The frozen constants of the kernels. Changing one requires a new {@link #VERSION}, which every manifest states.
 *
 * <p>Source of each value: spec sections 5 and 6.
 */
public final class KernelProfile {
    public static final String VERSION = "1.0.0";

    /** K1, percent: corrections up to this magnitude get every smoothing pass. */
    public static final double FULL_SMOOTHING_PERCENT = 1.0;

    /** K1, percent: corrections from this magnitude on are left as measured. */
    public static final double NO_SMOOTHING_PERCENT = 3.0;

    /** K1, multiple of the gradient threshold: from this slope on a cell keeps its measured value. */
    public static final double FULL_RETURN_SLOPE = 2.0;

    /** K2, share of the neighbourhood in a cell, without unit. */
    public static final double ALPHA = 0.20;

    /** K2, weight of the cell itself where each neighbour weighs 1, without unit. */
    public static final double CENTER_BIAS = 1.25;

    /** K2, samples a neighbour needs to be counted. Every non-empty cell has one. */
    public static final int MIN_HITS = 1;

    /** K2, power of the distance that divides a neighbour's weight. All four neighbours are one step away. */
    public static final int DISTANCE_POWER = 1;

    /** K3, degrees of knock retard from which timing is pulled. */
    public static final double KNOCK_THRESHOLD_DEG = 0.5;

    /** K3, degrees of knock retard that pull {@link #KNOCK_PULL_DEG}. */
    public static final double KNOCK_SCALE_DEG = 3.0;

    /** K3, degrees pulled at {@link #KNOCK_SCALE_DEG}, and the largest pull for knock. */
    public static final double KNOCK_PULL_DEG = 2.0;

    /** K3, the smallest pull in degrees. */
    public static final double MIN_PULL_DEG = 0.5;

    /** K3, degrees Fahrenheit of intake air from which a cell is hot. */
    public static final double HOT_IAT_FAHRENHEIT = 120.0;

    /** K3, degrees added to the pull of a hot cell that knocks. */
    public static final double HOT_PULL_DEG = -0.5;

    /** Function level, percent: the default clamp of a single correction. */
    public static final double FUNCTION_CLAMP_PERCENT = 15.0;

    /** Function level, air-fuel ratio: the accepted range. */
    public static final double MIN_AFR = 9.0;

    public static final double MAX_AFR = 20.0;

    /** The band in which the rear bias applies and the cylinders are compared. */
    public static final Band REAR_BIAS_BAND = new Band(2500, 3800, 65, 95);

    /** The band in which the rear spark rule applies. */
    public static final Band REAR_SPARK_BAND = new Band(2800, 3600, 75, 95);

    private KernelProfile() {}
}
