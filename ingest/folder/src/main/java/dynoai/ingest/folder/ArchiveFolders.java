package dynoai.ingest.folder;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Moves a claimed log to where it ends. Every place follows from the claim alone, so that a move cut short by a crash is
 * simply made again. Nothing is ever moved onto something that exists.
 */
final class ArchiveFolders {
    static final String REASON = "reason.json";

    private static final int LONGEST_NAME = 255 - 16;
    private static final String CLAIM_SUFFIX = ".run.yaml";

    private final DropRoot root;

    ArchiveFolders(DropRoot root) {
        this.root = root;
    }

    /** {@code done/{day}/{run_id}-{name}}, its sidecars and its claim beside it. */
    void done(Claim claim) throws IOException {
        Path work = root.work(claim.runId());
        Path day = root.endFolder(DropRoot.DONE, day(claim));
        CrashPoint.INGEST_BEFORE_END.reached();
        move(work.resolve(claim.name()), day.resolve(fit(claim.runId() + "-" + claim.name(), "")));
        CrashPoint.INGEST_MID_END.reached();
        for (Path sidecar : sidecars(work, claim)) {
            String suffix =
                    sidecar.getFileName().toString().substring(claim.name().length());
            move(sidecar, day.resolve(fit(claim.runId() + "-" + claim.name(), suffix)));
        }
        move(work.resolve(Claims.FILE), day.resolve(fit(claim.runId() + "-" + claim.name(), CLAIM_SUFFIX)));
        DurableFiles.syncFolder(day);
        DurableFiles.deleteTree(work);
        CrashPoint.INGEST_AFTER_END.reached();
    }

    /** Whether the log of a claim lies at its place under done, the rest maybe not yet. */
    boolean isDone(Claim claim) throws IOException {
        Path place = root.path().resolve(DropRoot.DONE).resolve(day(claim).toString());
        return Files.exists(place.resolve(fit(claim.runId() + "-" + claim.name(), "")))
                && !Files.exists(root.work(claim.runId()).resolve(claim.name()));
    }

    /** Writes why a claim will be put aside; the first reason stands. */
    void writeReason(Claim claim, Rejection rejection) throws IOException {
        Path file = root.work(claim.runId()).resolve(REASON);
        if (!Files.exists(file)) {
            Map<String, Object> reason = rejection.toMap();
            reason.put("sha256", claim.sha256());
            reason.put("file", claim.original());
            reason.put("run_id", claim.runId());
            reason.put("duplicate_of", claim.duplicateOf());
            DurableFiles.writeJson(file, reason);
        }
    }

    Optional<Rejection> reason(Claim claim) throws IOException {
        Path file = root.work(claim.runId()).resolve(REASON);
        return Files.exists(file) ? Optional.of(Rejection.ofMap(DurableFiles.readYaml(file))) : Optional.empty();
    }

    /** {@code rejected} or {@code duplicates/{day}/{run_id}-{name}/}: the whole work folder in one rename. */
    void putAside(Claim claim, Rejection rejection) throws IOException {
        String kind = rejection.code() == FailureCode.DUPLICATE ? DropRoot.DUPLICATES : DropRoot.REJECTED;
        Path day = root.endFolder(kind, day(claim));
        Path target = day.resolve(fit(claim.runId() + "-" + claim.name(), ""));
        CrashPoint.INGEST_BEFORE_END.reached();
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(root.work(claim.runId()), target, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncFolder(day);
        CrashPoint.INGEST_AFTER_END.reached();
    }

    private static LocalDate day(Claim claim) {
        return LocalDate.ofInstant(claim.claimedAt(), ZoneOffset.UTC);
    }

    private static List<Path> sidecars(Path work, Claim claim) throws IOException {
        List<Path> sidecars = new ArrayList<>();
        try (Stream<Path> files = Files.list(work)) {
            files.filter(file -> file.getFileName().toString().startsWith(claim.name() + "."))
                    .sorted()
                    .forEach(sidecars::add);
        }
        return sidecars;
    }

    /** Only this process moves anything here, so looking first is enough. */
    private static void move(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves 16 bytes for a suffix. Shortens a name that its prefix made too long for the file system; the suffix and the extension stay. */
    static String fit(String name, String suffix) {
        if (bytes(name) <= LONGEST_NAME) {
            return name + suffix;
        }
        int dot = name.lastIndexOf('.');
        String stem = name.substring(0, dot);
        String extension = name.substring(dot);
        while (bytes(stem) + bytes(extension) > LONGEST_NAME) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + extension + suffix;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
