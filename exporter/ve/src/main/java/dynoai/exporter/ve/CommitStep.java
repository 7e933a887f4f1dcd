package dynoai.exporter.ve;

/** How far the writing of a table and its metadata has come. After each step a kill leaves files that fit together. */
public enum CommitStep {
    /** Both new files are whole on disk under temporary names. */
    STAGED,
    /** The metadata covers the table that is there and the one that is coming. */
    METADATA_IN_PLACE,
    /** The new table is there: this is the moment it counts. */
    TABLE_IN_PLACE
}
