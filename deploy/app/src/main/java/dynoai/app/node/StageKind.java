package dynoai.app.node;

/** The stages of the pipeline. */
public enum StageKind {
    INGEST,
    ADMIT,
    ANALYZER,
    EXPORTER,
    INTAKE
}
