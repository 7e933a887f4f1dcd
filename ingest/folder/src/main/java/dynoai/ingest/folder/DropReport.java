package dynoai.ingest.folder;

import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.ForeignClaimException;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.FolderScan;
import dynoai.ingest.folder.scan.PreexistingFiles;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of everything in a drop folder, read from the folder alone; no ingest needs to run.
 *
 * @param entries by state, then in the order found
 */
public record DropReport(List<Entry> entries) {

    /** The state of a log as reported. */
    public enum State {
        WAITING,
        LEFT_ALONE,
        CLAIMED,
        SENT,
        DONE,
        REJECTED,
        DUPLICATE;

        /** Whether the log is archived. */
        public boolean isEnd() {
            return compareTo(DONE) >= 0;
        }
    }

    /**
     * One log.
     *
     * @param file path relative to the drop folder
     * @param runId empty before the claim
     * @param detail a reason or a code, or empty
     */
    public record Entry(State state, String shop, String cell, String file, String runId, String detail) {
        /** Whether a file is left alone as it should be, so that nothing is to be done about it. */
        public boolean isExpected() {
            return state == State.LEFT_ALONE && detail.equals(FolderScan.BASE_TABLE);
        }
    }

    /** @throws NoSuchFileException if the folder does not exist */
    public static DropReport of(Path folder) throws IOException {
        return of(folder, DropLayout.SHOPS, Optional.empty());
    }

    /**
     * @param key tells the claims of this installation from others; without it every valid one counts
     * @throws NoSuchFileException if the folder does not exist
     */
    public static DropReport of(Path folder, DropLayout layout, Optional<ClaimKey> key) throws IOException {
        Path root = rootOf(folder);
        List<Entry> entries = new ArrayList<>(unclaimed(root, layout));
        for (Path claim : files(root.resolve(DropRoot.WORK), 2, Claims.FILE)) {
            inWork(root, claim, key).ifPresent(entries::add);
        }
        for (Path claim : files(root.resolve(DropRoot.DONE), 2, ArchiveFolders.CLAIM_SUFFIX)) {
            ClaimKey.readUnverified(claim).ifPresent(of -> entries.add(entry(State.DONE, of, "")));
        }
        for (Path claim : files(root.resolve(DropRoot.REJECTED), 3, Claims.FILE)) {
            String code = code(claim.resolveSibling(ArchiveFolders.REASON));
            ClaimKey.readUnverified(claim).ifPresent(of -> entries.add(entry(State.REJECTED, of, code)));
        }
        for (Path claim : files(root.resolve(DropRoot.DUPLICATES), 3, Claims.FILE)) {
            ClaimKey.readUnverified(claim).ifPresent(of -> entries.add(entry(State.DUPLICATE, of, of.duplicateOf())));
        }
        return new DropReport(latest(entries));
    }

    /**
     * Returns the files in a drop folder of several shops that are not claimed: logs that wait, and what is left alone.
     *
     * @throws NoSuchFileException if the folder does not exist
     */
    public static List<Entry> unclaimed(Path folder) throws IOException {
        return unclaimed(rootOf(folder), DropLayout.SHOPS);
    }

    private static List<Entry> unclaimed(Path root, DropLayout layout) throws IOException {
        List<Entry> entries = new ArrayList<>();
        FolderScan scan = FolderScan.of(root, layout);
        PreexistingFiles before = PreexistingFiles.recorded(root);
        for (FolderScan.Found found : scan.found()) {
            boolean left = before.holds(found);
            entries.add(new Entry(
                    left ? State.LEFT_ALONE : State.WAITING,
                    found.shop(),
                    found.cell(),
                    DropRoot.relative(root, found.path()),
                    "",
                    left ? PreexistingFiles.WHY : ""));
        }
        scan.leftAlone()
                .forEach((path, why) ->
                        entries.add(new Entry(State.LEFT_ALONE, "", "", DropRoot.relative(root, path), "", why)));
        return entries;
    }

    static Path rootOf(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such drop folder");
        }
        return folder.toRealPath();
    }

    /** A log that is archived while the folders are read appears twice, never zero times: the later state counts. */
    private static List<Entry> latest(List<Entry> entries) {
        Map<String, State> states = new HashMap<>();
        entries.forEach(entry -> states.put(entry.runId(), entry.state()));
        return entries.stream()
                .filter(entry -> entry.runId().isEmpty() || states.get(entry.runId()) == entry.state())
                .toList();
    }

    /** Returns the entries in one state. */
    public List<Entry> in(State state) {
        return entries.stream().filter(entry -> entry.state() == state).toList();
    }

    private static Entry entry(State state, Claim claim, String detail) {
        return new Entry(state, claim.shop(), claim.cell(), claim.original(), claim.runId(), detail);
    }

    /** Returns the files whose name ends so, down to a depth. Files that vanish meanwhile are left out. */
    static List<Path> files(Path start, int depth, String name) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(start, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.getFileName().toString().endsWith(name)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException ignored) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException ignored) {
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** Empty when the claim is archived meanwhile, and so is found there. */
    private static Optional<Entry> inWork(Path root, Path file, Optional<ClaimKey> key) throws IOException {
        String why = "its run.yaml is not a claim";
        Optional<Claim> claim = ClaimKey.readUnverified(file);
        if (claim.isPresent() && key.isPresent()) {
            try {
                claim = Optional.of(key.get().read(file).claim());
            } catch (NoSuchFileException ignored) {
                claim = Optional.empty();
            } catch (ForeignClaimException e) {
                why = e.why();
                claim = Optional.empty();
            }
        }
        if (claim.isPresent()) {
            return Optional.of(entry(claim.get().attempt() > 0 ? State.SENT : State.CLAIMED, claim.get(), ""));
        }
        String place = DropRoot.relative(root, AtomicFile.folderOf(file));
        return Files.exists(file) ? Optional.of(new Entry(State.LEFT_ALONE, "", "", place, "", why)) : Optional.empty();
    }

    private static String code(Path reason) {
        try {
            return ArchiveFolders.reasonIn(reason).map(why -> why.code().name()).orElse("");
        } catch (IOException ignored) {
            return "";
        }
    }
}
