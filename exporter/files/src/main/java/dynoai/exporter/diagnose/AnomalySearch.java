package dynoai.exporter.diagnose;

import dynoai.exporter.diagnose.Anomaly.AtCell;
import dynoai.exporter.diagnose.Anomaly.AtCells;
import dynoai.exporter.diagnose.Anomaly.InBand;
import dynoai.exporter.diagnose.Anomaly.KnockCell;
import dynoai.exporter.kernel.Band;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelProfile;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.kernel.Neighbours;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Searches the types of anomalies in order. Means are unweighted, over non-empty cells, added row by row. */
final class AnomalySearch {
    /** Scales a median absolute deviation to a standard deviation. */
    private static final double MAD_TO_Z = 0.6745;

    private static final double MIN_MAD = 1e-6;
    private static final double ROUGH_Z = 3.5;
    private static final double IMBALANCE_PERCENT = 3.0;
    private static final double LOW_MAP_LEAN_PERCENT = 4.0;
    private static final double KNOCK_CLUSTER_DEG = 1.5;
    private static final int MAX_LISTED_KNOCK_CELLS = 10;
    private static final int MIN_BATTERY_PAIRS = 10;
    private static final double BATTERY_R = -0.4;

    private static final Band IMBALANCE_BAND = new Band(2500, 3800, 65, 95);
    private static final Band LOW_MAP_BAND = new Band(1500, 2500, 35, 50);
    private static final Band CRUISE_BAND = new Band(2500, 3500, 65, 80);
    private static final Band WHOLE_GRID = new Band(
            GridAxes.rpm(0),
            GridAxes.rpm(GridAxes.RPM_COUNT - 1),
            GridAxes.kpa(0),
            GridAxes.kpa(GridAxes.KPA_COUNT - 1));

    private final AnalysisOptions options;
    private final RunGrids grids;
    private final KernelResult kernels;
    private final String signNote;
    private final List<Anomaly> found = new ArrayList<>();

    AnomalySearch(AnalysisOptions options, RunGrids grids, KernelResult kernels) {
        this.options = options;
        this.grids = grids;
        this.kernels = kernels;
        signNote = options.mathVersion().isReplay() ? Explanations.INVERTED_SIGN : "";
    }

    List<Anomaly> find() {
        findDiscontinuities();
        findImbalance();
        findLeanAtLowMap();
        findKnock();
        findBatteryCorrelation();
        return List.copyOf(found);
    }

    private void findDiscontinuities() {
        double[] cells =
                KernelChain.clamped(kernels.combined().smoothed(), options).toArray();
        double[] roughness = new double[cells.length];
        double[] filled = new double[cells.length];
        int count = 0;
        for (int cell = 0; cell < cells.length; cell++) {
            if (!Double.isNaN(cells[cell])) {
                roughness[cell] = roughness(cells, cell);
                filled[count++] = roughness[cell];
            }
        }
        if (count == 0) {
            return;
        }
        double median = median(filled, count);
        for (int i = 0; i < count; i++) {
            filled[i] = Math.abs(filled[i] - median);
        }
        double mad = median(filled, count);
        if (mad == 0) {
            mad = MIN_MAD;
        }
        for (int cell = 0; cell < cells.length; cell++) {
            if (!Double.isNaN(cells[cell])) {
                double z = MAD_TO_Z * (roughness[cell] - median) / mad;
                if (z > ROUGH_Z && coverage(cell) > 0) {
                    found.add(new Anomaly(
                            AnomalyType.SPATIAL_DISCONTINUITY,
                            z,
                            new AtCell(cell),
                            Explanations.discontinuity(cell, cells[cell], roughness[cell]),
                            Explanations.DISCONTINUITY_CHECKS));
                }
            }
        }
    }

    private static double roughness(double[] cells, int cell) {
        int neighbours = Neighbours.count(cells, cell);
        return neighbours == 0 ? 0 : Math.abs(cells[cell] - Neighbours.addTo(0, cells, cell) / neighbours);
    }

    private void findImbalance() {
        Grid front = kernels.front().rawCorrection();
        Grid rear = kernels.rear().rawCorrection();
        double[] difference = Grid.empty();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            difference[cell] = rear.at(cell) - front.at(cell);
        }
        double mean = mean(Grid.of(difference), IMBALANCE_BAND);
        if (Math.abs(mean) >= IMBALANCE_PERCENT) {
            found.add(new Anomaly(
                    AnomalyType.CYLINDER_IMBALANCE,
                    Math.abs(mean),
                    new InBand(IMBALANCE_BAND),
                    Explanations.imbalance(mean) + signNote,
                    Explanations.IMBALANCE_CHECKS));
        }
    }

    private void findLeanAtLowMap() {
        Grid corr = kernels.front().rawCorrection().meanWith(kernels.rear().rawCorrection());
        double low = mean(corr, LOW_MAP_BAND);
        double cruise = mean(corr, CRUISE_BAND);
        double difference = low - cruise;
        if (difference >= LOW_MAP_LEAN_PERCENT) {
            found.add(new Anomaly(
                    AnomalyType.LOW_MAP_LEAN,
                    difference,
                    new InBand(LOW_MAP_BAND),
                    Explanations.leanAtLowMap(low, cruise) + signNote,
                    Explanations.LOW_MAP_CHECKS));
        }
    }

    private void findKnock() {
        List<KnockCell> listed = new ArrayList<>();
        int count = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            boolean knocks = grids.front().peakKnock().at(cell) >= KNOCK_CLUSTER_DEG
                    || grids.rear().peakKnock().at(cell) >= KNOCK_CLUSTER_DEG;
            if (knocks) {
                if (count < MAX_LISTED_KNOCK_CELLS) {
                    listed.add(new KnockCell(cell, isHot(cell)));
                }
                count++;
            }
        }
        if (count > 0) {
            found.add(new Anomaly(
                    AnomalyType.KNOCK_CLUSTER,
                    count,
                    new AtCells(List.copyOf(listed)),
                    Explanations.knock(count, listed),
                    Explanations.KNOCK_CHECKS));
        }
    }

    private boolean isHot(int cell) {
        return grids.front().peakIat().at(cell) >= KernelProfile.HOT_IAT_FAHRENHEIT
                || grids.rear().peakIat().at(cell) >= KernelProfile.HOT_IAT_FAHRENHEIT;
    }

    private void findBatteryCorrelation() {
        RunGrids.BatteryCorrelation battery = grids.battery();
        if (battery.pairs() >= MIN_BATTERY_PAIRS && battery.r() <= BATTERY_R) {
            found.add(new Anomaly(
                    AnomalyType.BATTERY_CORRELATION,
                    Math.abs(battery.r()),
                    new InBand(WHOLE_GRID),
                    Explanations.battery(battery) + signNote,
                    Explanations.BATTERY_CHECKS));
        }
    }

    private long coverage(int cell) {
        return grids.front().coverage().get(cell) + grids.rear().coverage().get(cell);
    }

    /** Returns NaN if no cell of the band has a value. */
    private static double mean(Grid grid, Band band) {
        double sum = 0;
        int count = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (band.contains(cell) && !grid.isEmpty(cell)) {
                sum += grid.at(cell);
                count++;
            }
        }
        return sum / count;
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        int middle = count / 2;
        return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
