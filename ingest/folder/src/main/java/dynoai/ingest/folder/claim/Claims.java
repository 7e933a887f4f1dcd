package dynoai.ingest.folder.claim;

import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.FolderScan;
import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.ingest.folder.scan.Settling;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.FileStamp;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsuitableFileException;
import dynoai.schemas.log.LogName;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.RunId;
import dynoai.schemas.store.ContentStore;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Claims files into {@code .work/{run_id}/}. The claim is written before the log is moved next to it, so after any crash the
 * log is either where it was, or in the work folder with everything known about it.
 */
public final class Claims implements ClaimStorage {
    public static final String FILE = "run.yaml";

    private static final List<String> SIDECARS = List.of(OptionFiles.SIDECAR, FolderScan.DONE_MARK);
    private static final int MAX_RECEIPT_BYTES = 1024;
    static final String RECEIPT = "sent.receipt";

    /** Whether a run is known outside the drop folder. */
    @FunctionalInterface
    public interface KnownRun<E extends Exception> {
        boolean test(Claim claim) throws E;
    }

    private final DropRoot root;
    private final FolderOptions options;
    private final ClaimKey key;
    private final ArchiveFolders archive;
    private final Clock clock;
    private final RunIds ids;

    public Claims(DropRoot root, FolderOptions options, ClaimKey key, Clock clock) {
        this.root = root;
        this.options = options;
        this.key = key;
        this.archive = new ArchiveFolders(root);
        this.clock = clock;
        this.ids = new RunIds(clock);
    }

    /** Claims a complete file; empty when it changed or vanished since the scan. */
    public Optional<Claim> claim(FolderScan.Found found, Settling.Verdict.Complete seen, boolean force)
            throws IOException {
        Path log = found.path();
        Claim claim = newClaim(found, seen, force);
        Path folder = Files.createDirectory(root.work(claim.runId()));
        try {
            AtomicFile.write(folder.resolve(FILE), AtomicFile.Durability.BYTES, out -> out.write(key.sign(claim)));
            CrashPoint.INGEST_BEFORE_CLAIM.reached();
            if (!isUnchanged(log, seen)) {
                deleteTree(folder);
                return Optional.empty();
            }
            Files.move(log, folder.resolve(claim.name()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteTree(folder);
            if (e instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e;
        }
        CrashPoint.INGEST_AFTER_CLAIM.reached();
        takeSidecars(log, folder);
        AtomicFile.syncFolder(folder);
        return Optional.of(claim);
    }

    private Claim newClaim(FolderScan.Found found, Settling.Verdict.Complete seen, boolean force) throws IOException {
        Path log = found.path();
        FolderOptions.Resolved resolved = new FolderOptions.Resolved(AnalysisOptions.defaults(), Map.of(), "");
        Optional<Rejection> rejection = Optional.empty();
        try {
            resolved = options.of(log);
        } catch (LogRejectedException e) {
            rejection = Optional.of(e.rejection());
        }
        return new Claim(
                ids.next(),
                found.shop(),
                found.cell(),
                resolved.vehicle().isEmpty() ? found.bike() : resolved.vehicle(),
                DropRoot.relative(root.path(), log),
                log.getFileName().toString(),
                seen.stamp().size(),
                "",
                resolved.options(),
                resolved.files(),
                rejection,
                0,
                force,
                clock.instant(),
                "");
    }

    private static boolean isUnchanged(Path log, Settling.Verdict.Complete seen) throws IOException {
        BasicFileAttributes now = Files.readAttributes(log, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.isRegularFile() && FileStamp.of(now).equals(seen.stamp());
    }

    private static void takeSidecars(Path log, Path folder) throws IOException {
        for (String suffix : SIDECARS) {
            Path sidecar = log.resolveSibling(log.getFileName() + suffix);
            if (Files.exists(sidecar)) {
                Files.move(sidecar, folder.resolve(sidecar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Writes the claim next to its log. */
    @Override
    public void save(Claim claim) throws IOException {
        AtomicFile.write(root.work(claim.runId()).resolve(FILE), key.sign(claim));
    }

    @Override
    public void saveReceipt(Claim claim, String receipt) throws IOException {
        Files.writeString(root.work(claim.runId()).resolve(RECEIPT), receipt, StandardCharsets.UTF_8);
    }

    @Override
    public String receipt(Claim claim) throws IOException {
        Path file = root.work(claim.runId()).resolve(RECEIPT);
        try {
            byte[] receipt = SmallFile.read(file, MAX_RECEIPT_BYTES, LinkOption.NOFOLLOW_LINKS);
            return new String(receipt, StandardCharsets.UTF_8);
        } catch (NoSuchFileException | UnsuitableFileException ignored) {
            // A run without a receipt is resent.
            return "";
        }
    }

    @Override
    public void dropReceipt(Claim claim) throws IOException {
        Files.deleteIfExists(root.work(claim.runId()).resolve(RECEIPT));
    }

    private Path log(Claim claim) {
        return root.work(claim.runId()).resolve(claim.name());
    }

    @Override
    public Source source(Claim claim) throws IOException {
        Path log = log(claim);
        ContentStore store = options.drafts().store();
        boolean stored = !claim.sha256().isEmpty() && (store.contains(claim.sha256()) || !Files.exists(log));
        return stored ? new Source(store.fetch(claim.sha256()), true) : new Source(log, false);
    }

    /** The names in the work folder that are run ids. */
    public SortedSet<String> inWork() throws IOException {
        return folders(root.work()).stream()
                .map(folder -> folder.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The entries of the work folder whose names are run ids. */
    static List<Path> folders(Path work) throws IOException {
        if (!Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(work)) {
            return entries.filter(entry -> RunId.isValid(entry.getFileName().toString()))
                    .toList();
        }
    }

    /** Returns the attributes of a claim's files that change when the claim does. */
    public List<FileStamp> stamp(String runId) {
        List<FileStamp> stamps = new ArrayList<>();
        for (Path file : List.of(root.work(runId), root.work(runId).resolve(FILE))) {
            try {
                stamps.add(FileStamp.of(file, LinkOption.NOFOLLOW_LINKS));
            } catch (IOException ignored) {
                // A file that is missing or unreadable has no stamp, and another one once it changes.
            }
        }
        return stamps;
    }

    /**
     * Loads a claim made by another process; empty when its log never reached the work folder, so that it was undone.
     *
     * @param known whether the ledger has the run; decides about claims of versions that did not sign them
     * @throws ForeignClaimException if this installation did not make the claim, or archived it already
     */
    public <E extends Exception> Optional<Claim> load(String runId, KnownRun<E> known)
            throws IOException, ForeignClaimException, E {
        Path folder = root.work(runId);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ForeignClaimException("it is not a folder");
        }
        ClaimKey.Read read;
        try {
            read = key.read(folder.resolve(FILE));
        } catch (NoSuchFileException e) {
            if (!holdsLog(folder)) {
                deleteTree(folder);
                return Optional.empty();
            }
            throw new ForeignClaimException("a log without its run.yaml; move it back by hand");
        }
        Claim claim = read.claim();
        checkPlace(claim, runId);
        if (isGone(claim)) {
            undo(claim);
            return Optional.empty();
        }
        if (!read.signed()) {
            if (!known.test(claim)) {
                putBack(claim);
                return Optional.empty();
            }
            save(claim);
        }
        takeSidecarsLeftBehind(claim, folder);
        return Optional.of(claim);
    }

    private void checkPlace(Claim claim, String runId) throws ForeignClaimException {
        if (!claim.runId().equals(runId)) {
            throw new ForeignClaimException("it contains the claim of another run");
        }
        if (Files.exists(log(claim), LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(log(claim), LinkOption.NOFOLLOW_LINKS)) {
            throw new ForeignClaimException("its log is not a regular file");
        }
        if (archive.holds(claim)) {
            throw new ForeignClaimException("its run is archived already");
        }
    }

    /** Moves the log of a claim without a signature back to where it was dropped, to be claimed like any other. */
    private void putBack(Claim claim) throws IOException, ForeignClaimException {
        Path place = root.path().resolve(claim.original());
        if (!Files.exists(log(claim)) || Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new ForeignClaimException(
                    "a claim of another version, whose log cannot move back to " + claim.original());
        }
        if (!DropRoot.makePlain(AtomicFile.folderOf(place))) {
            throw new ForeignClaimException("a claim of another version, whose place is behind a link or a file");
        }
        Files.move(log(claim), place, StandardCopyOption.ATOMIC_MOVE);
        undo(claim);
    }

    /** Makes the folder of a claim again if it was removed, with the log if the store has it. */
    @Override
    public Optional<String> restoreIfLost(Claim claim) throws IOException {
        Path folder = root.work(claim.runId());
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || archive.holds(claim) || archive.isDone(claim)) {
            return Optional.empty();
        }
        Files.createDirectory(folder);
        save(claim);
        if (!claim.sha256().isEmpty() && options.drafts().store().contains(claim.sha256())) {
            Files.copy(options.drafts().store().fetch(claim.sha256()), log(claim));
        }
        return Optional.of("the folder of run " + claim.runId() + " was removed; "
                + (Files.exists(log(claim))
                        ? "it is made again from the store"
                        : "the log was not read yet, drop it again"));
    }

    /** A program can write through a handle it opened before the claim. Those rows have no run. */
    @Override
    public Optional<String> lateWrites(Claim claim) throws IOException {
        Path log = log(claim);
        if (!Files.exists(log) || Files.size(log) == claim.size()) {
            return Optional.empty();
        }
        return Optional.of("it was written to after it was claimed; run " + claim.runId() + " is of its first "
                + claim.size() + " bytes, drop it again to analyse all of it");
    }

    @Override
    public boolean isGone(Claim claim) {
        return !Files.isRegularFile(log(claim), LinkOption.NOFOLLOW_LINKS)
                && claim.attempt() == 0
                && claim.sha256().isEmpty();
    }

    /** Removes a claim without a log and moves the sidecars back. */
    @Override
    public void undo(Claim claim) throws IOException {
        Path folder = root.work(claim.runId());
        Path original = root.path().resolve(claim.original());
        boolean reachable = DropRoot.isPlain(AtomicFile.folderOf(original));
        for (String suffix : SIDECARS) {
            Path sidecar = folder.resolve(claim.name() + suffix);
            Path place = original.resolveSibling(claim.name() + suffix);
            if (reachable && Files.exists(sidecar) && !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(sidecar, place, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        deleteTree(folder);
    }

    /** Moves sidecars that a crash right after the claim left in the drop folder. */
    private void takeSidecarsLeftBehind(Claim claim, Path folder) throws IOException {
        Path original = root.path().resolve(claim.original());
        if (claim.sha256().isEmpty()
                && !Files.exists(original, LinkOption.NOFOLLOW_LINKS)
                && DropRoot.isPlain(AtomicFile.folderOf(original))) {
            takeSidecars(original, folder);
        }
    }

    /** Deletes a folder with everything in it, if it exists. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    deleteTree(entry);
                } else {
                    Files.deleteIfExists(entry);
                }
            }
        }
        Files.deleteIfExists(folder);
    }

    private static boolean holdsLog(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> LogName.isLog(file.getFileName().toString()));
        }
    }
}
