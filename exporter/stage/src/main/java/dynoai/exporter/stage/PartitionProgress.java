package dynoai.exporter.stage;

import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Which records of one partition are exported. Records finish in any order: the committed offset is that of the first unfinished
 * one, and its metadata lists the finished ones behind it, so that their results are not published a second time.
 */
final class PartitionProgress {
    static final int MAX_AHEAD = 256;

    /** A broker rejects metadata of more than {@code offset.metadata.max.bytes}, 4,096 unless set. */
    static final int MAX_METADATA = 4000;

    private static final String PREFIX = "exported";
    private static final int RADIX = Character.MAX_RADIX;

    private final NavigableSet<Long> unfinished = new TreeSet<>();
    private final NavigableSet<Long> ahead = new TreeSet<>();

    /** @param committed what the group committed for the partition, or null */
    PartitionProgress(@Nullable OffsetAndMetadata committed) {
        if (committed == null || !committed.metadata().startsWith(PREFIX)) {
            return;
        }
        String[] steps = committed.metadata().split(" ");
        long offset = committed.offset();
        try {
            for (int i = 1; i < steps.length; i++) {
                offset += Long.parseLong(steps[i], RADIX);
                ahead.add(offset);
            }
        } catch (NumberFormatException ignored) {
            // Another program committed it. Delivery is idempotent, so a result is at worst published twice.
            ahead.clear();
        }
    }

    /** Begins a record. Returns false if it is exported already. */
    boolean begin(long offset) {
        return !ahead.contains(offset) && unfinished.add(offset);
    }

    void finish(long offset) {
        unfinished.remove(offset);
        ahead.add(offset);
    }

    /** Whether no more records should be begun until the first unfinished one is finished. */
    boolean isFarAhead() {
        return ahead.size() >= MAX_AHEAD;
    }

    /** @param position of the consumer, to which every record before it has begun */
    OffsetAndMetadata toCommit(long position) {
        long next = unfinished.isEmpty() ? position : unfinished.first();
        ahead.headSet(next).clear();
        return new OffsetAndMetadata(next, metadata(next));
    }

    /** Offsets that find no room are left out: their runs are delivered again, which changes nothing. */
    private String metadata(long next) {
        StringBuilder metadata = new StringBuilder(ahead.isEmpty() ? "" : PREFIX);
        long last = next;
        for (long offset : ahead) {
            String step = ' ' + Long.toString(offset - last, RADIX);
            if (metadata.length() + step.length() > MAX_METADATA) {
                break;
            }
            metadata.append(step);
            last = offset;
        }
        return metadata.toString();
    }
}
