package dynoai.ingest.folder.claim;

import dynoai.ingest.folder.scan.DropRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The claims in the work folder of a drop folder, as any process may read them.
 *
 * @param runIds of all claims, also of those that cannot be read
 * @param sha256s of the logs and base tables that the claims name
 */
public record InFlightClaims(Set<String> runIds, Set<String> sha256s) {
    /** @throws NoSuchFileException if no ingest has used the folder, which may be a mount that is missing */
    public static InFlightClaims of(Path drop) throws IOException {
        Path work = drop.resolve(DropRoot.WORK);
        if (!Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(
                    drop.toString(), null, "is not the drop folder of an ingest: it has no folder " + DropRoot.WORK);
        }
        Set<String> runIds = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (Path folder : Claims.folders(work)) {
            runIds.add(folder.getFileName().toString());
            Optional<Claim> claim = ClaimKey.readUnverified(folder.resolve(Claims.FILE));
            claim.ifPresent(of -> {
                hashes.add(of.sha256());
                hashes.addAll(of.optionFiles().values());
            });
        }
        return new InFlightClaims(runIds, hashes);
    }
}
