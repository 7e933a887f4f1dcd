package dynoai.ingest.folder;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes files into {@code .work/{run_id}/}. The claim is written before the log is moved beside it, so that after any
 * crash either the log lies where it was, or it lies in the work folder with everything known about it.
 */
final class Claims {
    static final String FILE = "run.yaml";

    private static final List<String> SIDECARS = List.of(FolderOptions.SIDECAR, FolderScan.DONE_MARK);
    private static final String RECEIPT = "sent.receipt";

    private final DropRoot root;
    private final FolderOptions options;
    private final Clock clock;
    private final RunIds ids;

    Claims(DropRoot root, FolderOptions options, Clock clock) {
        this.root = root;
        this.options = options;
        this.clock = clock;
        this.ids = new RunIds(clock);
    }

    /** Claims a complete file; empty when it moved or vanished since it was looked at. */
    Optional<Claim> claim(FolderScan.Found found, Settling.Verdict.Complete seen, boolean force) throws IOException {
        Path log = found.path();
        Claim claim = newClaim(found, seen, force);
        Path folder = Files.createDirectory(root.work(claim.runId()));
        try {
            DurableFiles.writeYamlUnsynced(folder.resolve(FILE), claim.toMap());
            CrashPoint.INGEST_BEFORE_CLAIM.reached();
            if (!isStill(log, seen)) {
                DurableFiles.deleteTree(folder);
                return Optional.empty();
            }
            Files.move(log, folder.resolve(claim.name()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            DurableFiles.deleteTree(folder);
            if (failed instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw failed;
        }
        CrashPoint.INGEST_AFTER_CLAIM.reached();
        takeSidecars(log, folder);
        DurableFiles.syncFolder(folder);
        return Optional.of(claim);
    }

    private Claim newClaim(FolderScan.Found found, Settling.Verdict.Complete seen, boolean force) throws IOException {
        Path log = found.path();
        FolderOptions.Resolved resolved = new FolderOptions.Resolved(AnalysisOptions.defaults(), Map.of());
        Optional<Rejection> refused = Optional.empty();
        try {
            resolved = options.of(log);
        } catch (LogRejectedException refusal) {
            refused = Optional.of(refusal.rejection());
        }
        return new Claim(
                ids.next(),
                found.shop(),
                found.cell(),
                root.path().relativize(log).toString().replace('\\', '/'),
                log.getFileName().toString(),
                seen.size(),
                "",
                resolved.options(),
                resolved.files(),
                refused,
                0,
                force,
                clock.instant(),
                "");
    }

    private static boolean isStill(Path log, Settling.Verdict.Complete seen) throws IOException {
        BasicFileAttributes now = Files.readAttributes(log, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.isRegularFile()
                && now.size() == seen.size()
                && now.lastModifiedTime().equals(seen.modified());
    }

    private static void takeSidecars(Path log, Path folder) throws IOException {
        for (String suffix : SIDECARS) {
            Path sidecar = log.resolveSibling(log.getFileName() + suffix);
            if (Files.exists(sidecar)) {
                Files.move(sidecar, folder.resolve(sidecar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Writes the claim beside its log, durably. */
    void save(Claim claim) throws IOException {
        DurableFiles.writeYaml(root.work(claim.runId()).resolve(FILE), claim.toMap());
    }

    /** Where a sent run can be found again. Losing this costs a second sending, so it is not made durable. */
    void saveReceipt(Claim claim, String receipt) throws IOException {
        Files.writeString(root.work(claim.runId()).resolve(RECEIPT), receipt, StandardCharsets.UTF_8);
    }

    String receipt(Claim claim) throws IOException {
        Path file = root.work(claim.runId()).resolve(RECEIPT);
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    void dropReceipt(Claim claim) throws IOException {
        Files.deleteIfExists(root.work(claim.runId()).resolve(RECEIPT));
    }

    Path log(Claim claim) {
        return root.work(claim.runId()).resolve(claim.name());
    }

    /** The run ids in the work folder. */
    List<String> inWork() throws IOException {
        List<String> runs = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root.work())) {
            folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(RunId::isValid)
                    .sorted()
                    .forEach(runs::add);
        }
        return runs;
    }

    /**
     * Reads a claim that this process did not make. A claim that got no further than its file is undone.
     *
     * @return empty when there was nothing to go on with
     */
    Optional<Claim> load(String runId) throws IOException {
        Path folder = root.work(runId);
        Claim claim;
        try {
            claim = Claim.ofMap(DurableFiles.readYaml(folder.resolve(FILE)));
        } catch (NoSuchFileException none) {
            if (firstLogIn(folder).isEmpty()) {
                DurableFiles.deleteTree(folder);
                return Optional.empty();
            }
            throw new IOException("a log lies in " + folder + " without its run.yaml; move it back by hand", none);
        } catch (IllegalArgumentException broken) {
            throw new IOException(folder.resolve(FILE) + ": " + broken.getMessage(), broken);
        }
        if (!claim.runId().equals(runId)) {
            throw new IOException(folder + " holds the claim of another run, " + claim.runId());
        }
        if (isGone(claim)) {
            undo(claim);
            return Optional.empty();
        }
        takeSidecarsLeftBehind(claim, folder);
        return Optional.of(claim);
    }

    /** Whether the log of a claim is neither there nor was ever read. */
    boolean isGone(Claim claim) {
        return !Files.exists(log(claim))
                && claim.attempt() == 0
                && claim.sha256().isEmpty();
    }

    /** Gives back what was taken along with the log. */
    void undo(Claim claim) throws IOException {
        Path folder = root.work(claim.runId());
        Path original = root.path().resolve(claim.original()).normalize();
        for (String suffix : SIDECARS) {
            Path sidecar = folder.resolve(claim.name() + suffix);
            Path place = original.resolveSibling(claim.name() + suffix);
            if (Files.exists(sidecar) && place.startsWith(root.path()) && !Files.exists(place)) {
                Files.move(sidecar, place, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        DurableFiles.deleteTree(folder);
    }

    /** A crash right after the claim leaves the sidecars where they were. */
    private void takeSidecarsLeftBehind(Claim claim, Path folder) throws IOException {
        Path original = root.path().resolve(claim.original()).normalize();
        if (claim.sha256().isEmpty() && original.startsWith(root.path()) && !Files.exists(original)) {
            takeSidecars(original, folder);
        }
    }

    private static Optional<Path> firstLogIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> FolderScan.hasLogName(file.getFileName().toString()))
                    .findFirst();
        }
    }
}
