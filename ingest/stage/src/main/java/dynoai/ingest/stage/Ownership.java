package dynoai.ingest.stage;

import dynoai.schemas.record.LedgerEntry;
import java.time.InstantSource;
import java.util.Optional;

/** This node's claim to a drop folder. A node that signs the ledger later, with a higher generation, takes the folder over. */
final class Ownership {
    private final String node;
    private final InstantSource clock;
    private volatile long generation;

    Ownership(String node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    /** Returns a signature that follows the latest one, and counts once it is {@link #signed}. */
    LedgerEntry.RootOwner next(String rootId, Optional<LedgerEntry.RootOwner> latest) {
        long before = Math.max(
                generation, latest.map(LedgerEntry.RootOwner::generation).orElse(0L));
        return new LedgerEntry.RootOwner(rootId, node, before == Long.MAX_VALUE ? 1 : before + 1, clock.millis());
    }

    void signed(LedgerEntry.RootOwner own) {
        generation = own.generation();
    }

    /** Returns who took the folder over, according to the latest signature; empty when that is ours. */
    Optional<String> takenOverBy(Optional<LedgerEntry.RootOwner> latest) {
        return latest.filter(owner -> owner.generation() > generation
                        || owner.generation() == generation && !owner.node().equals(node))
                .map(owner -> owner.node().equals(node) ? "another process called " + node : owner.node());
    }
}
