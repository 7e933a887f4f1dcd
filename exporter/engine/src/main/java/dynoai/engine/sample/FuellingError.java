package dynoai.engine.sample;

/**
 * The error of one cylinder's measured AFR against the commanded one, in hundredths of a percent, positive for lean: a smooth
 * surface over engine speed and manifold pressure, like that of an untuned VE table.
 */
final class FuellingError {
    private static final int FIRST_RPM = 1000;
    private static final int RPM_STEP = 1500;
    private static final int RPM_POINTS = 5;
    private static final int FIRST_KPA = 20;
    private static final int KPA_STEP = 30;
    private static final int KPA_POINTS = 4;
    private static final int MAX_ERROR = 450;

    private final Curve[] byPressure = new Curve[KPA_POINTS];

    FuellingError(SeededNoise noise, int offset) {
        for (int i = 0; i < KPA_POINTS; i++) {
            int[] points = new int[RPM_POINTS];
            for (int j = 0; j < RPM_POINTS; j++) {
                points[j] = offset + noise.between(-MAX_ERROR, MAX_ERROR);
            }
            byPressure[i] = new Curve(FIRST_RPM, RPM_STEP, points);
        }
    }

    int at(int rpm, int centiKpa) {
        int offset = Math.max(0, centiKpa - FIRST_KPA * 100);
        int index = Math.min(offset / (KPA_STEP * 100), KPA_POINTS - 2);
        int below = byPressure[index].at(rpm);
        int above = byPressure[index + 1].at(rpm);
        return below + (above - below) * (offset - index * KPA_STEP * 100) / (KPA_STEP * 100);
    }
}
