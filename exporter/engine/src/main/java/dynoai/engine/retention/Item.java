package dynoai.engine.retention;

import dynoai.engine.session.Place;
import java.nio.file.Path;
import java.util.List;

/**
 * One thing that may go: a run folder, an archived log, a file of the store.
 *
 * @param place the bike; the same one for all files of the store
 * @param group what it is compared with to find the newest: the bike, apart for claims without a signature
 * @param id its run id or hash
 * @param atMillis when its log was claimed, or when the file of the store was used last; 0 if unknown
 * @param changedMillis when it was published; later than {@code atMillis} if that took long
 * @param ok whether it is not a failed run
 * @param folder the folder that contains it
 * @param names its names there
 * @param uses the hashes that its manifest names, shortened to 64 bits: an equal pair only means that more is kept
 * @param runIds the runs of a map
 * @param sha256 of the log of an archived claim; else empty
 */
record Item(
        RetentionKind kind,
        Place place,
        String group,
        String id,
        long atMillis,
        long changedMillis,
        boolean ok,
        Path folder,
        List<String> names,
        List<Long> uses,
        List<String> runIds,
        String sha256) {
    private static final int SHORT_DIGITS = 16;

    /** Returns its path: the folder, or its first file. */
    Path path() {
        return folder.resolve(names.get(0));
    }

    /** Whether it is a folder, which is renamed before it is deleted. */
    boolean isFolder() {
        return kind != RetentionKind.DONE && kind != RetentionKind.LOGS;
    }

    static long shortHash(String sha256) {
        return sha256.matches("[0-9a-f]{64}") ? Long.parseUnsignedLong(sha256.substring(0, SHORT_DIGITS), 16) : 0;
    }
}
