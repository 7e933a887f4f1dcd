package dynoai.exporter.manifest;

import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.RunGrids;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The grids of a run folder, in the manifest's order.
 *
 * <p>To add a grid of values that a run already has, add a constant: the run folder and the manifest read this list. The
 * page draws a selection of it.
 */
public enum GridFile {
    DELTA(
            Kind.DELTA,
            null,
            "VE_Correction_Delta_DYNO.csv",
            "VE_Delta_PasteReady.txt",
            (sums, kernels) -> kernels.combined().clamped()),
    DELTA_FRONT(
            Kind.DELTA,
            Cylinder.FRONT,
            "VE_Correction_Delta_Front.csv",
            "VE_Delta_Front_PasteReady.txt",
            (sums, kernels) -> kernels.front().delta().clamped()),
    DELTA_REAR(
            Kind.DELTA,
            Cylinder.REAR,
            "VE_Correction_Delta_Rear.csv",
            "VE_Delta_Rear_PasteReady.txt",
            (sums, kernels) -> kernels.rear().delta().clamped()),
    SPARK_FRONT(
            Kind.SPARK,
            Cylinder.FRONT,
            "Spark_Adjust_Suggestion_Front.csv",
            "Spark_Front_PasteReady.txt",
            (sums, kernels) -> kernels.front().spark()),
    SPARK_REAR(
            Kind.SPARK,
            Cylinder.REAR,
            "Spark_Adjust_Suggestion_Rear.csv",
            "Spark_Rear_PasteReady.txt",
            (sums, kernels) -> kernels.rear().spark()),
    ERROR_FRONT(
            Kind.AFR_ERROR,
            Cylinder.FRONT,
            "AFR_Error_Map_Front.csv",
            null,
            (sums, kernels) -> kernels.front().error()),
    ERROR_REAR(
            Kind.AFR_ERROR,
            Cylinder.REAR,
            "AFR_Error_Map_Rear.csv",
            null,
            (sums, kernels) -> kernels.rear().error()),
    COVERAGE_FRONT(Kind.COVERAGE, Cylinder.FRONT, "Coverage_Front.csv", null, (sums, kernels) -> counts(sums.front())),
    COVERAGE_REAR(Kind.COVERAGE, Cylinder.REAR, "Coverage_Rear.csv", null, (sums, kernels) -> counts(sums.rear())),
    TORQUE_FRONT(
            Kind.TORQUE,
            Cylinder.FRONT,
            "Torque_Map_Front.csv",
            null,
            (sums, kernels) -> sums.front().torque()),
    TORQUE_REAR(
            Kind.TORQUE,
            Cylinder.REAR,
            "Torque_Map_Rear.csv",
            null,
            (sums, kernels) -> sums.rear().torque()),
    TORQUE_COMBINED(Kind.TORQUE, null, "Torque_Map_Combined.csv", null, (sums, kernels) -> kernels.torqueCombined()),
    HP_FRONT(
            Kind.HP,
            Cylinder.FRONT,
            "HP_Map_Front.csv",
            null,
            (sums, kernels) -> sums.front().hp()),
    HP_REAR(
            Kind.HP,
            Cylinder.REAR,
            "HP_Map_Rear.csv",
            null,
            (sums, kernels) -> sums.rear().hp()),
    HP_COMBINED(Kind.HP, null, "HP_Map_Combined.csv", null, (sums, kernels) -> kernels.hpCombined()),
    VE_FRONT(Kind.VE_TABLE, Cylinder.FRONT, "VE_Front_Updated.csv", "VE_Front_Absolute_PasteReady.txt", null),
    VE_REAR(Kind.VE_TABLE, Cylinder.REAR, "VE_Rear_Updated.csv", "VE_Rear_Absolute_PasteReady.txt", null),
    BALANCE_FRONT(Kind.BALANCE, Cylinder.FRONT, "Front_Balance_Factor.csv", null, null),
    BALANCE_REAR(Kind.BALANCE, Cylinder.REAR, "Rear_Balance_Factor.csv", null, null),
    DECEL(Kind.DECEL, null, "Decel_Fuel_Overlay.csv", null, null);

    /** What the numbers of a grid mean and how they are written. */
    public enum Kind {
        DELTA("VE correction", "%", 2, true, "ve_delta_grid", "ve_delta_paste"),
        SPARK("Spark suggestion", "deg", 2, true, "spark_suggestion_grid", "spark_paste"),
        AFR_ERROR("AFR error", "%", 2, true, "afr_error_grid", null),
        COVERAGE("Coverage", "rows", 0, false, "coverage_grid", null),
        TORQUE("Torque", "ft-lb", 1, false, "torque_grid", null),
        HP("Power", "hp", 1, false, "hp_grid", null),
        VE_TABLE("VE table", "%", 4, false, "ve_table", "ve_table_paste"),
        BALANCE("Balance factor", "%", 2, true, "balance_factor_grid", null),
        DECEL("Deceleration fuel overlay", "%", 2, true, "decel_overlay_grid", null);

        private final String title;
        private final String unit;
        private final int decimals;
        private final boolean signed;
        private final String schema;
        private final @Nullable String pasteSchema;

        Kind(String title, String unit, int decimals, boolean signed, String schema, @Nullable String pasteSchema) {
            this.title = title;
            this.unit = unit;
            this.decimals = decimals;
            this.signed = signed;
            this.schema = schema;
            this.pasteSchema = pasteSchema;
        }

        public String title() {
            return title;
        }

        public String unit() {
            return unit;
        }

        public int decimals() {
            return decimals;
        }

        /** Whether positive numbers have a plus, and zero is the middle of a colour scale. */
        public boolean isSigned() {
            return signed;
        }

        /** Returns the schema id of the CSV file in the manifest. */
        public String schema() {
            return schema;
        }

        /** Returns the schema id of the file for pasting; null without one. */
        public @Nullable String pasteSchema() {
            return pasteSchema;
        }
    }

    private interface Values {
        Grid of(RunGrids sums, KernelResult kernels);
    }

    private final Kind kind;
    private final @Nullable Cylinder cylinder;
    private final String file;
    private final @Nullable String pasteFile;
    private final @Nullable Values values;

    GridFile(Kind kind, @Nullable Cylinder cylinder, String file, @Nullable String pasteFile, @Nullable Values values) {
        this.kind = kind;
        this.cylinder = cylinder;
        this.file = file;
        this.pasteFile = pasteFile;
        this.values = values;
    }

    /**
     * Returns the grid of a kind.
     *
     * @param cylinder null for the grid of both cylinders
     * @throws IllegalArgumentException when there is no such grid
     */
    public static GridFile of(Kind kind, @Nullable Cylinder cylinder) {
        for (GridFile grid : values()) {
            if (grid.kind == kind && grid.cylinder == cylinder) {
                return grid;
            }
        }
        throw new IllegalArgumentException("no grid " + kind + " of " + cylinder);
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the cylinder; null for both together. */
    public @Nullable Cylinder cylinder() {
        return cylinder;
    }

    public String file() {
        return file;
    }

    /** Returns the name of the file for pasting into a tuning program; null without one. */
    public @Nullable String pasteFile() {
        return pasteFile;
    }

    public Path in(Path folder) {
        return folder.resolve(file);
    }

    /** Whether the values are factors in percent that can be applied to a VE table. */
    public boolean isFactor() {
        return kind == Kind.DELTA || kind == Kind.BALANCE || kind == Kind.DECEL;
    }

    /** Returns the values; null for a grid that only some options ask for. */
    public @Nullable Grid values(RunGrids sums, KernelResult kernels) {
        return values == null ? null : values.of(sums, kernels);
    }

    private static Grid counts(RunGrids.CylinderGrids cylinder) {
        return Grid.of(
                cylinder.coverage().stream().mapToDouble(Long::doubleValue).toArray());
    }
}
