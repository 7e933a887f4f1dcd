package dynoai.ingest.admit;

import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.record.LogAccepted;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The accepted logs about which this process decides. Used by one thread. */
interface AcceptedLogs {
    /** An accepted log, and where its record is. */
    record Accepted(LogAccepted log, Position position) {}

    /** Where a record is on the topic. */
    record Position(int partition, long offset) {}

    /**
     * What changed.
     *
     * @param lost partitions about which another process decides from now on
     * @param added logs of this process's partitions, in the order of each partition
     */
    record Changes(Set<Integer> lost, List<Accepted> added) {}

    /** Returns what changed since the last call, and waits at most this long for it. */
    Changes poll(Duration wait) throws TransportUnavailableException;

    /** Whether the logs that were accepted before the process got its partitions were returned. */
    boolean isCaughtUp();

    /** Records that a log has ended, so that it is not returned again after a restart. */
    void ended(Position position);
}
