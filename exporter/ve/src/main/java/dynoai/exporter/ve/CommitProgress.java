package dynoai.exporter.ve;

import java.nio.file.Path;

/** Is notified after each step of a commit. */
public interface CommitProgress {
    CommitProgress SILENT = (step, file) -> {};

    void done(CommitStep step, Path file);
}
