package dynoai.exporter.kernel;

import dynoai.schemas.grid.GridAxes;

/** A rectangle of operating points, bounds inclusive: engine speed in rpm, manifold pressure in kPa. */
public record Band(int lowestRpm, int highestRpm, int lowestKpa, int highestKpa) {

    public boolean contains(int cell) {
        int rpm = GridAxes.rpmOfCell(cell);
        int kpa = GridAxes.kpaOfCell(cell);
        return rpm >= lowestRpm && rpm <= highestRpm && kpa >= lowestKpa && kpa <= highestKpa;
    }
}
