package dynoai.schemas.grid;

import java.util.List;

/**
 * What each cylinder's wideband read, cell by cell: the plain mean of the readings from 10 to 18, and how many. Collected only
 * when a balance of the cylinders was asked for.
 *
 * @param frontAfr mean, empty where there was no reading
 * @param frontReadings one for each cell; no element at all where no balance was asked for
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
