package dynoai.ingest.folder.claim;

import dynoai.ingest.folder.scan.DropRoot;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A log in {@code done}, {@code rejected} or {@code duplicates}.
 *
 * @param signed whether the claim has the signature of the store's key; all who drop logs may write one without
 * @param day the folder of the day
 * @param files names in the folder of the day: of a rejected log or a duplicate its own folder; of any other the log, its
 *     sidecars and its claim, which is the last
 */
public record ArchivedLog(Claim claim, boolean signed, Path day, List<String> files) {
    /** Takes archived logs, one after another. */
    public interface Visitor {
        void visit(ArchivedLog log) throws IOException;

        /** Takes a claim that cannot be read. What it belongs to is unknown. */
        void unreadable(Path claim);
    }

    /**
     * Visits the logs of one kind, by day and name. Symbolic links are not followed.
     *
     * @param drop the drop folder
     * @param kind {@link DropRoot#DONE}, {@link DropRoot#REJECTED} or {@link DropRoot#DUPLICATES}
     */
    public static void visit(Path drop, String kind, Optional<ClaimKey> key, Visitor visitor) throws IOException {
        Path folder = drop.resolve(kind);
        for (String name : names(folder)) {
            Path day = folder.resolve(name);
            if (isDay(name) && Files.isDirectory(day, LinkOption.NOFOLLOW_LINKS)) {
                TreeSet<String> names = names(day);
                for (String each : names) {
                    @Nullable String log = nameOf(kind, day, each);
                    if (log != null) {
                        visit(kind, day, log, names, key, visitor);
                    }
                }
            }
        }
    }

    /** Returns the name of the log whose claim, or whose own folder, an entry of a day is; null for another entry. */
    private static @Nullable String nameOf(String kind, Path day, String entry) {
        if (!kind.equals(DropRoot.DONE)) {
            return Files.isDirectory(day.resolve(entry), LinkOption.NOFOLLOW_LINKS) ? entry : null;
        }
        return entry.endsWith(ArchiveFolders.CLAIM_SUFFIX)
                ? entry.substring(0, entry.length() - ArchiveFolders.CLAIM_SUFFIX.length())
                : null;
    }

    private static void visit(
            String kind, Path day, String log, TreeSet<String> names, Optional<ClaimKey> key, Visitor visitor)
            throws IOException {
        boolean done = kind.equals(DropRoot.DONE);
        Path file = done
                ? day.resolve(log + ArchiveFolders.CLAIM_SUFFIX)
                : day.resolve(log).resolve(Claims.FILE);
        Optional<Claim> claim = ClaimKey.readUnverified(file);
        if (claim.isEmpty() || !log.startsWith(claim.get().runId() + "-")) {
            visitor.unreadable(file);
            return;
        }
        List<String> files = done ? filesOf(log, names) : List.of(log);
        visitor.visit(new ArchivedLog(claim.get(), isSigned(file, key), day, files));
    }

    /** Returns the log, its sidecars and then its claim. */
    private static List<String> filesOf(String log, TreeSet<String> names) {
        List<String> files = new ArrayList<>();
        for (String name : names.tailSet(log)) {
            if (!name.startsWith(log)) {
                break;
            }
            if (name.equals(log) || name.startsWith(log + ".") && !name.endsWith(ArchiveFolders.CLAIM_SUFFIX)) {
                files.add(name);
            }
        }
        files.add(log + ArchiveFolders.CLAIM_SUFFIX);
        return List.copyOf(files);
    }

    private static boolean isSigned(Path file, Optional<ClaimKey> key) throws IOException {
        try {
            return key.isPresent() && key.get().read(file).signed();
        } catch (NoSuchFileException | ForeignClaimException ignored) {
            return false; // It is the claim of another store, or was just removed.
        }
    }

    private static boolean isDay(String name) {
        try {
            return LocalDate.parse(name).toString().equals(name);
        } catch (DateTimeParseException ignored) {
            return false; // Another program made it.
        }
    }

    private static TreeSet<String> names(Path folder) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return names;
    }
}
