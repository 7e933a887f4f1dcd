package dynoai.exporter.ve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a table, with its metadata or alone, so that a kill at any instant leaves the old table or the new one, never a
 * part, and never one without its metadata.
 *
 * <p>Two files cannot be renamed as one. So the metadata goes first, and it still lists the earlier applications: from then
 * on it covers the old table and the new. The rename of the table is the commit.
 */
final class TableCommit {
    private final CommitProgress progress;

    TableCommit(CommitProgress progress) {
        this.progress = progress;
    }

    void write(Path table, byte[] tableBytes, @Nullable MetadataFile metadata) throws IOException {
        Path stagedTable = staged(table);
        Path stagedMetadata = metadata == null ? null : staged(metadata.path());
        try {
            stage(stagedTable, tableBytes);
            if (metadata != null && stagedMetadata != null) {
                stage(stagedMetadata, metadata.bytes());
            }
            progress.done(CommitStep.STAGED, stagedTable);
            if (metadata != null && stagedMetadata != null) {
                rename(stagedMetadata, metadata.path());
                progress.done(CommitStep.METADATA_IN_PLACE, metadata.path());
            }
            rename(stagedTable, table);
            progress.done(CommitStep.TABLE_IN_PLACE, table);
        } finally {
            Files.deleteIfExists(stagedTable);
            if (stagedMetadata != null) {
                Files.deleteIfExists(stagedMetadata);
            }
        }
    }

    /** Always the same name: what a kill left behind is replaced by the next call, which holds the lock. */
    private static Path staged(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }

    private static void stage(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path folder = to.getParent();
        if (folder == null || System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }
}
