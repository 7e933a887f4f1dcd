package dynoai.exporter.ve;

import java.nio.file.Path;

/** Hears of each step as it is done. */
public interface CommitProgress {
    CommitProgress SILENT = (step, file) -> {};

    void done(CommitStep step, Path file);
}
