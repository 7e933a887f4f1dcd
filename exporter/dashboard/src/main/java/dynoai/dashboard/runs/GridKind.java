package dynoai.dashboard.runs;

/** The grids that a run's page shows, in its order. */
enum GridKind {
    DELTA("VE correction", "%", true, "VE_Correction_Delta_DYNO.csv", "VE_Delta_PasteReady.txt", ""),
    DELTA_FRONT("VE correction", "%", true, "VE_Correction_Delta_Front.csv", "VE_Delta_Front_PasteReady.txt", "front"),
    DELTA_REAR("VE correction", "%", true, "VE_Correction_Delta_Rear.csv", "VE_Delta_Rear_PasteReady.txt", "rear"),
    ERROR_FRONT("AFR error", "%", true, "AFR_Error_Map_Front.csv", "", "front"),
    ERROR_REAR("AFR error", "%", true, "AFR_Error_Map_Rear.csv", "", "rear"),
    COVERAGE_FRONT("Coverage", "rows", false, "Coverage_Front.csv", "", "front"),
    COVERAGE_REAR("Coverage", "rows", false, "Coverage_Rear.csv", "", "rear"),
    SPARK_FRONT(
            "Spark suggestion",
            "deg",
            true,
            "Spark_Adjust_Suggestion_Front.csv",
            "Spark_Front_PasteReady.txt",
            "front"),
    SPARK_REAR(
            "Spark suggestion", "deg", true, "Spark_Adjust_Suggestion_Rear.csv", "Spark_Rear_PasteReady.txt", "rear"),
    TORQUE_FRONT("Torque", "ft-lb", false, "Torque_Map_Front.csv", "", "front"),
    TORQUE_REAR("Torque", "ft-lb", false, "Torque_Map_Rear.csv", "", "rear");

    private final String title;
    private final String unit;
    private final boolean signed;
    private final String file;
    private final String pasteFile;
    private final String cylinder;

    GridKind(String title, String unit, boolean signed, String file, String pasteFile, String cylinder) {
        this.title = title;
        this.unit = unit;
        this.signed = signed;
        this.file = file;
        this.pasteFile = pasteFile;
        this.cylinder = cylinder;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /** Whether zero is the middle of the colour scale. */
    boolean isSigned() {
        return signed;
    }

    String file() {
        return file;
    }

    /** Empty when the grid is not for pasting. */
    String pasteFile() {
        return pasteFile;
    }

    /** {@code front}, {@code rear}, or empty for both together. */
    String cylinder() {
        return cylinder;
    }

    boolean isDelta() {
        return this == DELTA || this == DELTA_FRONT || this == DELTA_REAR;
    }
}
