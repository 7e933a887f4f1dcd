package dynoai.ingest.folder.claim;

import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsuitableFileException;
import dynoai.schemas.json.Json;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Moves claimed logs to {@code done}, {@code rejected} or {@code duplicates}. Every target follows from the claim alone, so
 * a move interrupted by a crash is repeated. Nothing is ever overwritten.
 */
public record ArchiveFolders(DropRoot root) implements Archive {
    public static final String REASON = "reason.json";

    private static final int MAX_REASON_BYTES = 256 << 10;

    /** Leaves room for a suffix. */
    private static final int MAX_NAME_BYTES = 255 - 16;

    public static final String CLAIM_SUFFIX = ".run.yaml";

    /** Moves the log to {@code done/{day}/{run_id}-{name}}, with its sidecars and its claim next to it. */
    @Override
    public void done(Claim claim) throws IOException {
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
        AtomicFile.syncFolder(day);
        Claims.deleteTree(work);
        CrashPoint.INGEST_AFTER_END.reached();
    }

    /** Whether the log of a claim is in {@code done}; its sidecars and claim may still be in the work folder. */
    @Override
    public boolean isDone(Claim claim) {
        return exists(place(DropRoot.DONE, claim, ""))
                && !exists(root.work(claim.runId()).resolve(claim.name()));
    }

    /** Whether everything of a claim is archived, so that a claim of the same run in the work folder is a copy. */
    boolean holds(Claim claim) {
        return exists(place(DropRoot.DONE, claim, CLAIM_SUFFIX))
                || exists(place(DropRoot.REJECTED, claim, ""))
                || exists(place(DropRoot.DUPLICATES, claim, ""));
    }

    private Path place(String kind, Claim claim, String suffix) {
        Path day = root.path().resolve(kind).resolve(day(claim).toString());
        return day.resolve(fit(claim.runId() + "-" + claim.name(), suffix));
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void writeReason(Claim claim, Rejection rejection) throws IOException {
        Path file = root.work(claim.runId()).resolve(REASON);
        if (reasonIn(file).isEmpty()) {
            Map<String, Object> reason = rejection.toMap();
            reason.put("sha256", claim.sha256());
            reason.put("file", claim.original());
            reason.put("run_id", claim.runId());
            reason.put("duplicate_of", claim.duplicateOf());
            if (rejection.code() != FailureCode.DUPLICATE) {
                reason.put("options", OptionFiles.correctionOf(claim.name(), claim.runId()));
            }
            AtomicFile.write(file, Json.write(reason));
        }
    }

    /** Returns the reason in the work folder; empty when there is no readable one. */
    @Override
    public Optional<Rejection> reason(Claim claim) throws IOException {
        return reasonIn(root.work(claim.runId()).resolve(REASON));
    }

    /** Reads a reason; empty when there is no readable one. */
    public static Optional<Rejection> reasonIn(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = SmallFile.read(file, MAX_REASON_BYTES, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | UnsuitableFileException ignored) {
            return Optional.empty();
        }
        try {
            return Optional.of(Rejection.ofMap(Yaml.readMapping(file, bytes)));
        } catch (IOException ignored) {
            // Another program wrote it. It is replaced.
            return Optional.empty();
        }
    }

    /** Renames the work folder to {@code {rejected or duplicates}/{day}/{run_id}-{name}}. */
    @Override
    public void rejected(Claim claim, Rejection rejection) throws IOException {
        String kind = rejection.code() == FailureCode.DUPLICATE ? DropRoot.DUPLICATES : DropRoot.REJECTED;
        Path day = root.endFolder(kind, day(claim));
        Path target = day.resolve(fit(claim.runId() + "-" + claim.name(), ""));
        CrashPoint.INGEST_BEFORE_END.reached();
        if (exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(root.work(claim.runId()), target, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.syncFolder(day);
        CrashPoint.INGEST_AFTER_END.reached();
    }

    private static LocalDate day(Claim claim) {
        return LocalDate.ofInstant(claim.claimedAt(), ZoneOffset.UTC);
    }

    private static List<Path> sidecars(Path work, Claim claim) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.getFileName().toString().startsWith(claim.name() + "."))
                    .sorted()
                    .toList();
        }
    }

    /** Checking for the target first is enough, because only this process moves files here. */
    private static void move(Path from, Path to) throws IOException {
        if (!exists(from)) {
            return;
        }
        if (exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Shortens a name that its prefix made too long for the file system, and keeps its extension and the suffix. */
    static String fit(String name, String suffix) {
        if (bytes(name) <= MAX_NAME_BYTES) {
            return name + suffix;
        }
        int dot = name.lastIndexOf('.');
        String stem = name.substring(0, dot);
        String extension = name.substring(dot);
        while (bytes(stem) + bytes(extension) > MAX_NAME_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + extension + suffix;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
