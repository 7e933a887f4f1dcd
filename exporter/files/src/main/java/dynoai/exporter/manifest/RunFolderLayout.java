package dynoai.exporter.manifest;

import java.nio.file.Path;

/**
 * The files of a run folder: the manifests, the log, and the documents. The grids are in {@link GridFile}.
 *
 * <p>This list is the only place that names them.
 */
public final class RunFolderLayout {
    /** Lists every other file with its hash. It is written last. */
    public static final String MANIFEST = "manifest.json";

    /** The log as it was read, byte for byte. */
    public static final Document LOG = new Document("data.csv", "source_log");

    public static final Document TIMELINE = new Document("Timeline.csv", "timeline");
    public static final Document DIAGNOSTICS_REPORT = new Document("Diagnostics_Report.txt", "diagnostics_report");
    public static final Document ANOMALIES = new Document("Anomaly_Hypotheses.json", "anomaly_hypotheses");
    public static final Document REPORT = new Document("report.html", "run_report");

    /** What a rollback of {@link GridFile#VE_FRONT} needs. Only in runs with base tables. */
    public static final Document VE_FRONT_METADATA = new Document("VE_Front_Updated_meta.json", "ve_metadata");

    /** The same of {@link GridFile#VE_REAR}. */
    public static final Document VE_REAR_METADATA = new Document("VE_Rear_Updated_meta.json", "ve_metadata");

    /** Only in runs with the option {@code balance}. */
    public static final Document BALANCE_REPORT = new Document("Cylinder_Balance_Report.json", "balance_report");

    /** Only in runs with the option {@code decel}. */
    public static final Document DECEL_REPORT = new Document("Decel_Analysis_Report.json", "decel_report");

    private RunFolderLayout() {}

    /**
     * A file that is not a grid.
     *
     * @param file its name
     * @param schema its schema id in the manifest
     */
    public record Document(String file, String schema) {
        public Path in(Path folder) {
            return folder.resolve(file);
        }
    }

    public static Path manifestIn(Path folder) {
        return folder.resolve(MANIFEST);
    }

    /** Returns the name of the manifest's copy, which stays recognisable outside the run folder. */
    public static String twinManifest(String runId) {
        return runId + "." + MANIFEST;
    }
}
