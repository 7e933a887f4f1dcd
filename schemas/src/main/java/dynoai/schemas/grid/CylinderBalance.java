package dynoai.schemas.grid;

import java.util.List;

/**
 * The measured AFR of each cylinder by cell: the mean of the readings from 10 to 18, and their number. Collected only if a
 * balance of the cylinders was requested.
 *
 * @param frontAfr mean; a cell without readings is empty
 * @param frontReadings by cell; an empty list if no balance was requested
 */
public record CylinderBalance(Grid frontAfr, List<Long> frontReadings, Grid rearAfr, List<Long> rearReadings) {
    public static final CylinderBalance NOT_REQUESTED =
            new CylinderBalance(Grid.EMPTY, List.of(), Grid.EMPTY, List.of());

    public boolean isRequested() {
        return !frontReadings.isEmpty();
    }

    public Grid afr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? frontAfr : rearAfr;
    }

    public List<Long> readings(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? frontReadings : rearReadings;
    }
}
