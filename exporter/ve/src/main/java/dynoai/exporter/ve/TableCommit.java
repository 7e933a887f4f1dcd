package dynoai.exporter.ve;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a table, with or without its metadata, so that a kill at any time leaves either the old table or the new one,
 * complete and with its metadata.
 *
 * <p>Two files cannot be renamed atomically, so the metadata is renamed first: it lists the earlier applications too and
 * covers both tables. The rename of the table is the commit.
 */
final class TableCommit {
    private final CommitProgress progress;

    TableCommit(CommitProgress progress) {
        this.progress = progress;
    }

    void write(Path table, byte[] tableBytes, @Nullable MetadataFile metadata) throws IOException {
        try (AtomicFile nextTable = prepare(table, tableBytes);
                AtomicFile nextMetadata = metadata == null ? null : prepare(metadata.path(), metadata.bytes())) {
            progress.done(CommitProgress.Step.STAGED, nextTable.temporary());
            if (metadata != null && nextMetadata != null) {
                nextMetadata.commit();
                progress.done(CommitProgress.Step.METADATA_IN_PLACE, metadata.path());
            }
            nextTable.commit();
            progress.done(CommitProgress.Step.TABLE_IN_PLACE, table);
        }
    }

    private static AtomicFile prepare(Path file, byte[] bytes) throws IOException {
        return AtomicFile.prepare(file, Durability.FULL, out -> out.write(bytes));
    }
}
