package dynoai.ingest.folder;

import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.FolderOptions;
import dynoai.ingest.folder.claim.ForeignClaimException;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.ingest.folder.claim.RunIds;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Claims the stored log of an earlier run as a new run with other options. */
public final class Replay {
    private Replay() {}

    /**
     * @param changed options to change, by key; base tables are paths of files
     * @return the id of the new run, which the ingest of the drop folder picks up
     */
    public static String claim(Path folder, ContentStore store, String runId, Map<String, String> changed, Clock clock)
            throws IOException, InvalidOptionException {
        Path root = DropReport.rootOf(folder);
        LogDrafts drafts = new LogDrafts(store, "replay");
        ClaimKey key = ClaimKey.open(store, root.resolve(DropRoot.WORK));
        Claim earlier = find(root, runId, key);
        Path log = logOf(earlier, store);
        Map<String, String> texts = new LinkedHashMap<>(earlier.options().toTexts());
        texts.putAll(changed);
        Map<String, String> files = new LinkedHashMap<>(earlier.optionFiles());
        for (Option table : OptionFiles.TABLES) {
            String given = changed.get(table.key());
            if (given != null) {
                try (LogDrafts.Draft draft = drafts.draft(Path.of(given).toRealPath(), FolderOptions.MAX_TABLE_BYTES)) {
                    draft.keep();
                    files.put(table.key(), draft.sha256());
                }
            }
        }
        Claim claim = new Claim(
                new RunIds(clock).next(),
                earlier.shop(),
                earlier.cell(),
                earlier.bike(),
                earlier.original(),
                earlier.name(),
                earlier.size(),
                earlier.sha256(),
                AnalysisOptions.of(texts),
                files,
                Optional.empty(),
                0,
                true,
                clock.instant(),
                "");
        place(root, claim, log, key);
        return claim.runId();
    }

    private static Path logOf(Claim earlier, ContentStore store) throws IOException {
        try {
            return store.fetch(earlier.sha256());
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (IOException e) {
            NoSuchFileException missing = new NoSuchFileException(
                    earlier.sha256(),
                    null,
                    "the log of run " + earlier.runId() + " is not in the store " + store.location()
                            + ", or was changed there");
            missing.initCause(e);
            throw missing;
        }
    }

    /** Puts the claim into the work folder atomically. */
    private static void place(Path root, Claim claim, Path log, ClaimKey key) throws IOException {
        Path work = root.resolve(DropRoot.WORK);
        if (!DropRoot.makePlain(work)) {
            throw new FileSystemException(
                    work.toString(), null, "is a link or a file where a folder belongs; remove it");
        }
        Path fresh = Files.createDirectory(work.resolve(".replay-" + claim.runId()));
        Files.copy(log, fresh.resolve(claim.name()));
        AtomicFile.write(fresh.resolve(Claims.FILE), key.sign(claim));
        Files.move(fresh, work.resolve(claim.runId()), StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.syncFolder(work);
    }

    private static Claim find(Path root, String runId, ClaimKey key) throws IOException {
        List<Path> claims =
                new ArrayList<>(DropReport.files(root.resolve(DropRoot.DONE), 2, ArchiveFolders.CLAIM_SUFFIX));
        claims.addAll(DropReport.files(root.resolve(DropRoot.REJECTED), 3, Claims.FILE));
        claims.addAll(DropReport.files(root.resolve(DropRoot.WORK), 2, Claims.FILE));
        for (Path file : claims) {
            Optional<Claim> claim = file.toString().contains(runId) ? trusted(file, key) : Optional.empty();
            if (claim.isPresent()
                    && claim.get().runId().equals(runId)
                    && !claim.get().sha256().isEmpty()) {
                return claim.get();
            }
        }
        throw new NoSuchFileException(runId, null, "no run of " + root + " has this id");
    }

    /** Returns the claim in a file that is signed; one of an earlier version only if the log next to it has its hash. */
    private static Optional<Claim> trusted(Path file, ClaimKey key) throws IOException {
        try {
            ClaimKey.Read read = key.read(file);
            String name = file.getFileName().toString();
            Path log = file.resolveSibling(
                    name.equals(Claims.FILE)
                            ? read.claim().name()
                            : name.substring(0, name.length() - ArchiveFolders.CLAIM_SUFFIX.length()));
            boolean ours = read.signed()
                    || Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)
                            && Sha256.hex(log).equals(read.claim().sha256());
            return ours ? Optional.of(read.claim()) : Optional.empty();
        } catch (NoSuchFileException | ForeignClaimException ignored) {
            return Optional.empty();
        }
    }
}
