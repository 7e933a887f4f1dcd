package dynoai.ingest.folder;

import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.ForeignClaimException;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.option.InvalidOptionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves a rejected log back to where it was dropped, with its options, so that it is claimed again. */
public final class Requeue {
    private Requeue() {}

    /**
     * @param given the rejected log, its folder, or its run id
     * @param key detects options that were written into the record of the claim, which is not read again
     * @param changed options by key, which override those of its sidecar; an empty value leaves an option out
     * @return where the log is now; under another name when a new file has its old one
     */
    public static Path putBack(Path folder, String given, Optional<ClaimKey> key, Map<String, String> changed)
            throws IOException, InvalidOptionException {
        Path root = DropReport.rootOf(folder);
        Path rejected = find(root, given);
        Claim claim = ClaimKey.readUnverified(rejected.resolve(Claims.FILE))
                .orElseThrow(() -> new FileSystemException(rejected.toString(), null, "has no readable run.yaml"));
        if (changed.isEmpty() && isChanged(rejected, key)) {
            checkOptions(rejected, claim);
        }
        Path original = root.resolve(claim.original());
        if (!DropRoot.makePlain(AtomicFile.folderOf(original))) {
            throw new FileSystemException(claim.original(), null, "is behind a link or a file");
        }
        Path place = free(original);
        Path options = rejected.resolve(claim.name() + OptionFiles.SIDECAR);
        if (!changed.isEmpty()) {
            boolean exists = Files.exists(options, LinkOption.NOFOLLOW_LINKS);
            AtomicFile.write(
                    options, OptionFiles.sidecar(exists ? OptionFiles.read(root, options) : Map.of(), changed));
        }
        if (Files.exists(options)) {
            Files.move(options, place.resolveSibling(place.getFileName() + OptionFiles.SIDECAR));
        }
        Files.move(rejected.resolve(claim.name()), place, StandardCopyOption.ATOMIC_MOVE);
        Claims.deleteTree(rejected);
        return place;
    }

    /** Whether the record of the claim was written by another program after the log was rejected. */
    private static boolean isChanged(Path rejected, Optional<ClaimKey> key) throws IOException {
        Path record = rejected.resolve(Claims.FILE);
        Path reason = rejected.resolve(ArchiveFolders.REASON);
        if (key.isEmpty() || !Files.exists(reason) || !isNewer(record, reason)) {
            return false;
        }
        try {
            return !key.get().read(record).signed();
        } catch (ForeignClaimException e) {
            return true;
        }
    }

    private static void checkOptions(Path rejected, Claim claim) throws IOException {
        Path record = rejected.resolve(Claims.FILE);
        Path log = rejected.resolve(claim.name());
        Path options = log.resolveSibling(claim.name() + OptionFiles.SIDECAR);
        if (!Files.exists(options) || isNewer(record, options)) {
            throw new FileSystemException(
                    record.toString(),
                    null,
                    "was changed, but it is not read again; "
                            + OptionFiles.correctionOf(log.toString(), claim.runId()));
        }
    }

    private static boolean isNewer(Path file, Path other) throws IOException {
        return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) > 0;
    }

    private static Path find(Path root, String given) throws IOException {
        Path rejected = root.resolve(DropRoot.REJECTED);
        Path path = Path.of(given).toAbsolutePath().normalize();
        if (Files.exists(path)) {
            Path real = path.toRealPath();
            Path place = Files.isDirectory(real) ? real : AtomicFile.folderOf(real);
            if (place.startsWith(rejected) && Files.exists(place.resolve(Claims.FILE))) {
                return place;
            }
            throw new FileSystemException(given, null, "is not a rejected log of " + root);
        }
        List<Path> claims = DropReport.files(rejected, 3, Claims.FILE);
        for (Path claim : claims) {
            Path place = AtomicFile.folderOf(claim);
            String name = place.getFileName().toString();
            if (name.equals(given) || name.startsWith(given + "-")) {
                return place;
            }
        }
        throw new NoSuchFileException(given, null, "no rejected log of " + root + " has this name or run id");
    }

    private static Path free(Path wanted) {
        Path place = wanted;
        for (int number = 2; Files.exists(place); number++) {
            place = wanted.resolveSibling(numbered(wanted.getFileName().toString(), number));
        }
        return place;
    }

    /** Returns {@code pull-2.csv} for {@code pull.csv}. */
    static String numbered(String name, int number) {
        int dot = name.contains(".") ? name.lastIndexOf('.') : name.length();
        return name.substring(0, dot) + "-" + number + name.substring(dot);
    }
}
