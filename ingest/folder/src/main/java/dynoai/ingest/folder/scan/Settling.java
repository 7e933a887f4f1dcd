package dynoai.ingest.folder.scan;

import dynoai.schemas.file.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides when a file is complete. Compares a file with itself a settle time ago, never its time with the local clock: dyno
 * PCs write over the network and have clocks of their own. The size alone does not suffice, since copying tools reserve the
 * final size first.
 */
public final class Settling {
    private static final int TAIL_BYTES = 4096;

    /** A file that ends in zero bytes may be reserved and not yet filled: it must settle this many times longer. */
    private static final int RESERVED_SETTLE_FACTOR = 20;

    public sealed interface Verdict {
        record Complete(FileStamp stamp) implements Verdict {}

        /** @param completeAt monotonic time at which the file is complete if it does not change again */
        record Changing(long completeAt) implements Verdict {}

        record Unreadable(String why) implements Verdict {}
    }

    private record Sighting(FileStamp stamp, int tailHash, boolean zeroTail, long since) {
        boolean sameAs(Sighting other) {
            return stamp.equals(other.stamp) && tailHash == other.tailHash;
        }
    }

    private final long settleNanos;
    private final Map<Path, Sighting> sightings = new HashMap<>();
    private Set<Object> unfinished = new HashSet<>();
    private Set<Object> unfinishedBefore = new HashSet<>();

    public Settling(Duration settle) {
        this.settleNanos = settle.toNanos();
    }

    /** Begins a new scan: forgets files that are gone and remembers those with an unfinished name. */
    public void begin(Set<Path> present, Set<Object> nowUnfinished) {
        sightings.keySet().retainAll(present);
        unfinishedBefore = unfinished;
        unfinished = nowUnfinished;
    }

    /** @param now monotonic time in nanoseconds */
    public Verdict check(Path file, BasicFileAttributes attributes, boolean markedDone, long now) {
        Sighting seen;
        try {
            seen = sight(file, attributes, now);
        } catch (IOException e) {
            sightings.remove(file);
            return new Verdict.Unreadable("cannot be read: " + e);
        }
        Sighting before = sightings.get(file);
        boolean renamedIn =
                before == null && attributes.fileKey() != null && unfinishedBefore.contains(attributes.fileKey());
        if (markedDone || renamedIn) {
            return new Verdict.Complete(seen.stamp);
        }
        if (before == null || !before.sameAs(seen)) {
            sightings.put(file, seen);
            return new Verdict.Changing(completeAt(seen));
        }
        long completeAt = completeAt(before);
        return now - completeAt >= 0 ? new Verdict.Complete(seen.stamp) : new Verdict.Changing(completeAt);
    }

    private long completeAt(Sighting sighting) {
        return sighting.since + (sighting.zeroTail ? RESERVED_SETTLE_FACTOR * settleNanos : settleNanos);
    }

    public void forget(Path file) {
        sightings.remove(file);
    }

    private static Sighting sight(Path file, BasicFileAttributes attributes, long now) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.position(Math.max(0, attributes.size() - TAIL_BYTES));
            int read = 0;
            while (read >= 0 && tail.hasRemaining()) {
                read = channel.read(tail);
            }
        }
        tail.flip();
        boolean zeroTail = tail.limit() > 0 && tail.get(tail.limit() - 1) == 0;
        return new Sighting(FileStamp.of(attributes), tail.hashCode(), zeroTail, now);
    }
}
