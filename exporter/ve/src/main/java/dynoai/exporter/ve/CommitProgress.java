package dynoai.exporter.ve;

import java.nio.file.Path;

/** Is notified after each step of a commit. After each step the files are consistent, also if the process is killed. */
public interface CommitProgress {
    CommitProgress SILENT = (step, file) -> {};

    /** A step of writing a table and its metadata. */
    enum Step {
        /** Both new files are complete on disk under temporary names. */
        STAGED,
        /** The metadata is in place; it covers the old table and the new one. */
        METADATA_IN_PLACE,
        /** The new table is in place: the commit. */
        TABLE_IN_PLACE
    }

    void done(Step step, Path file);
}
