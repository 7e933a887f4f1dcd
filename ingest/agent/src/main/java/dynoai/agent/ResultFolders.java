package dynoai.agent;

import dynoai.agent.http.IntakeRun;
import dynoai.agent.http.IntakeUnavailableException;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.Claims;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.run.RunId;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders of finished runs at the shop, in folders like those of the drop folder. Each appears under its run id with all
 * files, whose hashes were checked, or not at all.
 */
final class ResultFolders {
    private static final String TEMPORARY = ".tmp-agent-";
    private static final String MANIFEST = "manifest.json";

    /** Cells, bikes, runs. */
    private static final int MAX_DEPTH = 3;

    /** Writes a file of a run. */
    @FunctionalInterface
    interface Download {
        void to(IntakeRun.OutputFile file, Path target) throws IntakeUnavailableException, IOException;
    }

    private final Path results;
    private final ContentStore store;

    /** @param store has the logs, so that they need not be downloaded */
    ResultFolders(Path results, ContentStore store) {
        this.results = results;
        this.store = store;
    }

    /** Deletes what a killed agent had downloaded in part. */
    void deleteUnfinished() throws IOException {
        if (!Files.isDirectory(results)) {
            return;
        }
        List<Path> unfinished;
        try (Stream<Path> folders = Files.find(
                results,
                MAX_DEPTH,
                (path, attributes) -> attributes.isDirectory()
                        && String.valueOf(path.getFileName()).startsWith(TEMPORARY))) {
            unfinished = folders.toList();
        }
        for (Path folder : unfinished) {
            Claims.deleteTree(folder);
        }
    }

    /** The folder of a run: {@code cell/bike/run_id} like the log, which may be in a folder above those. */
    Path folderOf(Claim claim) {
        Path log = results.resolve(claim.original());
        return log.resolveSibling(claim.runId());
    }

    /**
     * Publishes a run, unless its folder exists. Files that an earlier try downloaded are not downloaded again.
     *
     * @throws IOException also if a file has other bytes than the run says, or the folder has other files
     */
    Path publish(IntakeRun run, Claim claim, Download download) throws IntakeUnavailableException, IOException {
        List<IntakeRun.OutputFile> files = inOrder(run);
        Path target = folderOf(claim);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return existing(target, files);
        }
        Path parent = Files.createDirectories(AtomicFile.folderOf(target));
        Path temporary = Files.createDirectories(parent.resolve(TEMPORARY + run.runId()));
        deleteOthers(temporary, files);
        for (IntakeRun.OutputFile file : files) {
            Path written = temporary.resolve(file.name());
            if (!has(written, file)) {
                fetch(file, written, claim, download);
            }
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            CrashPoint.AGENT_MID_DOWNLOAD.reached();
        }
        AtomicFile.syncFolder(temporary);
        CrashPoint.AGENT_BEFORE_RENAME.reached();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        CrashPoint.AGENT_AFTER_RENAME.reached();
        AtomicFile.syncFolder(parent);
        return target;
    }

    private void fetch(IntakeRun.OutputFile file, Path target, Claim claim, Download download)
            throws IntakeUnavailableException, IOException {
        if (file.sha256().equals(claim.sha256()) && store.contains(claim.sha256())) {
            Files.copy(store.fetch(claim.sha256()), target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            download.to(file, target);
        }
        if (!has(target, file)) {
            Files.deleteIfExists(target);
            throw new IOException(file.name() + " of run " + claim.runId()
                    + " arrived with other bytes than its hash says; it is downloaded again");
        }
    }

    /** Returns the files with the manifest last, after their names were checked. */
    private static List<IntakeRun.OutputFile> inOrder(IntakeRun run) throws IOException {
        List<IntakeRun.OutputFile> files = new ArrayList<>(run.files());
        Set<String> names = new HashSet<>();
        for (IntakeRun.OutputFile file : files) {
            if (!RunId.isValid(file.name()) || !names.add(file.name())) {
                throw new IOException("run " + run.runId() + " has a file that cannot be one of a run: " + file.name());
            }
        }
        if (!names.contains(MANIFEST)) {
            throw new IOException("run " + run.runId() + " is done without a manifest");
        }
        files.sort(Comparator.comparing(file -> file.name().equals(MANIFEST)));
        return files;
    }

    private static Path existing(Path folder, List<IntakeRun.OutputFile> files) throws IOException {
        for (IntakeRun.OutputFile file : files) {
            if (!has(folder.resolve(file.name()), file)) {
                throw new FileAlreadyExistsException(
                        folder.toString(), null, "exists with another " + file.name() + "; move it away");
            }
        }
        return folder;
    }

    private static boolean has(Path path, IntakeRun.OutputFile file) throws IOException {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && Files.size(path) == file.bytes()
                && Sha256.hex(path).equals(file.sha256());
    }

    private static void deleteOthers(Path folder, List<IntakeRun.OutputFile> files) throws IOException {
        Set<String> names = new HashSet<>();
        files.forEach(file -> names.add(file.name()));
        try (Stream<Path> written = Files.list(folder)) {
            for (Path path : written.toList()) {
                if (!names.contains(String.valueOf(path.getFileName()))) {
                    Files.delete(path);
                }
            }
        }
    }
}
