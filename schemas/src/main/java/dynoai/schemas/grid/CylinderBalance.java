package dynoai.schemas.grid;

import java.util.List;

/**
 * Each cylinder's measured AFR per cell: the plain mean of the readings from 10 to 18, and their number. Collected only
 * with {@code --balance-cylinders}.
 *
 * @param frontAfr mean, empty where there was no reading
 * @param frontReadings one for each cell; empty without {@code --balance-cylinders}
 */
public record CylinderBalance(Grid frontAfr, List<Long> frontReadings, Grid rearAfr, List<Long> rearReadings) {
    public static final CylinderBalance NOT_ASKED = new CylinderBalance(Grid.EMPTY, List.of(), Grid.EMPTY, List.of());

    public boolean wasAsked() {
        return !frontReadings.isEmpty();
    }

    public Grid afr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? frontAfr : rearAfr;
    }

    public List<Long> readings(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? frontReadings : rearReadings;
    }
}
