package dynoai.ingest.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When a file is complete. Compares what we saw with what we see, never a file's time with our clock: dyno PCs write over
 * the network, and their clocks are their own. Size alone is wrong, since copying tools reserve the final size first.
 */
final class Settling {
    private static final int TAIL = 4096;

    /** A file that ends in zero bytes was reserved and not filled; after this many settle times it is taken as it is. */
    private static final int RESERVED_PATIENCE = 20;

    /** What a look at a file says. */
    sealed interface Verdict {
        record Complete(long size, FileTime modified) implements Verdict {}

        record Moving() implements Verdict {}

        record Unreadable(String why) implements Verdict {}
    }

    private record Sighting(Object fileKey, long size, FileTime modified, int tail, boolean zeroTail, long since) {
        boolean sameAs(Sighting other) {
            return size == other.size
                    && tail == other.tail
                    && modified.equals(other.modified)
                    && java.util.Objects.equals(fileKey, other.fileKey);
        }
    }

    private final long settleNanos;
    private final Map<Path, Sighting> sightings = new HashMap<>();
    private Set<Object> unfinished = new HashSet<>();
    private Set<Object> unfinishedBefore = new HashSet<>();

    Settling(Duration settle) {
        this.settleNanos = settle.toNanos();
    }

    /** A new scan begins: forgets files that are gone, remembers those under an unfinished name. */
    void begin(Set<Path> present, Set<Object> nowUnfinished) {
        sightings.keySet().retainAll(present);
        unfinishedBefore = unfinished;
        unfinished = nowUnfinished;
    }

    /** @param now of a clock that only goes forward, in nanoseconds */
    Verdict look(Path file, BasicFileAttributes attributes, boolean markedDone, long now) {
        Sighting seen;
        try {
            seen = sight(file, attributes, now);
        } catch (IOException unreadable) {
            sightings.remove(file);
            return new Verdict.Unreadable("cannot be read: " + unreadable);
        }
        Sighting before = sightings.get(file);
        boolean renamedIn =
                before == null && attributes.fileKey() != null && unfinishedBefore.contains(attributes.fileKey());
        if (markedDone || renamedIn) {
            return new Verdict.Complete(seen.size, seen.modified);
        }
        if (before == null || !before.sameAs(seen)) {
            sightings.put(file, seen);
            return new Verdict.Moving();
        }
        long still = now - before.since;
        long needed = before.zeroTail ? RESERVED_PATIENCE * settleNanos : settleNanos;
        return still >= needed ? new Verdict.Complete(seen.size, seen.modified) : new Verdict.Moving();
    }

    void forget(Path file) {
        sightings.remove(file);
    }

    private static Sighting sight(Path file, BasicFileAttributes attributes, long now) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(TAIL);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(Math.max(0, attributes.size() - TAIL));
            int read = 0;
            while (read >= 0 && tail.hasRemaining()) {
                read = channel.read(tail);
            }
        }
        tail.flip();
        boolean zeroTail = tail.limit() > 0 && tail.get(tail.limit() - 1) == 0;
        return new Sighting(
                attributes.fileKey(), attributes.size(), attributes.lastModifiedTime(), tail.hashCode(), zeroTail, now);
    }
}
