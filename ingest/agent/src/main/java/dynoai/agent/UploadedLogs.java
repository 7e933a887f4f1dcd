package dynoai.agent;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.schemas.file.ContentPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Deletes logs from the agent's store once no run needs them, so that it holds no more than what is in flight. Thread-safe. */
final class UploadedLogs {
    private static final Pattern SHELF = Pattern.compile("[0-9a-f]{2}");

    private final Path store;
    private final Map<String, Set<String>> hashesOfRuns = new HashMap<>();

    UploadedLogs(Path store) {
        this.store = store;
    }

    /** Deletes what no claim in a work folder names: its run ended right before the process did. */
    void deleteUnclaimed(Path work) throws IOException {
        Set<String> claimed = new HashSet<>();
        for (Path folder : entries(work)) {
            ClaimKey.readUnverified(folder.resolve(Claims.FILE)).ifPresent(claim -> claimed.addAll(hashes(claim)));
        }
        for (Path shelf : entries(store)) {
            if (SHELF.matcher(String.valueOf(shelf.getFileName())).matches()) {
                for (Path file : entries(shelf)) {
                    if (!claimed.contains(String.valueOf(file.getFileName()))) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static Set<String> hashes(Claim claim) {
        Set<String> hashes = new HashSet<>(claim.optionFiles().values());
        if (!claim.sha256().isEmpty()) {
            hashes.add(claim.sha256());
        }
        return hashes;
    }

    /** The run of this claim needs its log. */
    synchronized void need(Claim claim) {
        hashesOfRuns.put(claim.runId(), hashes(claim));
    }

    /** A run ended: its log is deleted unless another run needs it. */
    synchronized void release(String runId) throws IOException {
        Set<String> hashes = hashesOfRuns.remove(runId);
        if (hashes == null) {
            return;
        }
        for (String hash : hashes) {
            if (hashesOfRuns.values().stream().noneMatch(others -> others.contains(hash))) {
                Files.deleteIfExists(ContentPath.of(store, hash));
            }
        }
    }
}
