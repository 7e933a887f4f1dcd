package dynoai.ingest.admit;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.topic.Groups;

/**
 * The logs of a size. Reading and sending a log of millions of rows takes seconds, in which the others must not wait, so each lane has
 * a group, a thread and a producer of its own. Equal bytes are in one lane, so one process still decides whether they are duplicates.
 */
enum Lane {
    USUAL {
        @Override
        boolean takes(LogAccepted log) {
            return log.sizeBytes() <= MAX_USUAL_BYTES;
        }

        @Override
        String group(Namespace namespace) {
            return Groups.admit(namespace);
        }
    },
    LARGE {
        @Override
        boolean takes(LogAccepted log) {
            return !USUAL.takes(log);
        }

        @Override
        String group(Namespace namespace) {
            return Groups.admitLarge(namespace);
        }
    };

    /** About 500,000 rows, from which on runs have partitions of their own, too. */
    static final long MAX_USUAL_BYTES = 40L << 20;

    abstract boolean takes(LogAccepted log);

    /** The consumer group of its members. */
    abstract String group(Namespace namespace);
}
