package dynoai.exporter.ve;

/** A step of writing a table and its metadata. After each step the files are consistent, also if the process is killed. */
public enum CommitStep {
    /** Both new files are complete on disk under temporary names. */
    STAGED,
    /** The metadata is in place; it covers the old table and the new one. */
    METADATA_IN_PLACE,
    /** The new table is in place: the commit. */
    TABLE_IN_PLACE
}
