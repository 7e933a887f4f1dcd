package dynoai.app.node;

/** The stages of the pipeline. */
public enum StageKind {
    INGEST,
    ANALYZER,
    EXPORTER
}
