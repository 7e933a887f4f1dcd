package dynoai.exporter.shelf;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Copies runs from a shelf to folders. */
public final class RunCopy {
    private RunCopy() {}

    /**
     * Copies a run to a folder, which appears with all files or not at all. An existing copy stays.
     *
     * @param instance name of the process, which deletes only its own unfinished folders: letters, digits, hyphens
     * @throws RunFolderOccupiedException if the folder exists and has other files
     */
    public static void create(RunShelf shelf, ShelvedRun run, Path target, String instance)
            throws IOException, RunFolderOccupiedException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            try (RunFolder folder = RunFolder.fresh(target, instance)) {
                shelf.copy(run, file -> true, folder);
                folder.publish();
                return;
            } catch (FileAlreadyExistsException ignored) {
                // Another process made it meanwhile; it is checked like any other.
            }
        }
        if (!isCopy(run, target)) {
            throw new RunFolderOccupiedException(target, "it exists and is not run " + run.key() + " as published");
        }
    }

    /** Whether a folder has all files of a run; it may have more. */
    private static boolean isCopy(ShelvedRun run, Path folder) throws IOException {
        for (String name : run.files()) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file) || !Sha256.hex(file).equals(CheckedStream.sha256(run, name))) {
                return false;
            }
        }
        return true;
    }
}
