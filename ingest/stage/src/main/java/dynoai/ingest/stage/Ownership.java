package dynoai.ingest.stage;

import dynoai.schemas.record.LedgerEntry;
import java.util.Optional;

/** Whether a drop folder is still this node's: whoever signs the ledger after us has taken it over. */
final class Ownership {
    private final String node;
    private volatile long generation;

    Ownership(String node) {
        this.node = node;
    }

    /** The next signature, after the latest one there is. */
    LedgerEntry.RootOwner sign(String rootId, Optional<LedgerEntry.RootOwner> latest, long now) {
        generation = Math.max(
                        generation,
                        latest.map(LedgerEntry.RootOwner::generation).orElse(0L))
                + 1;
        return new LedgerEntry.RootOwner(rootId, node, generation, now);
    }

    /** Who took the folder over, by the latest signature; empty when that is ours. */
    Optional<String> takenOverBy(Optional<LedgerEntry.RootOwner> latest) {
        return latest.filter(owner -> owner.generation() > generation
                        || owner.generation() == generation && !owner.node().equals(node))
                .map(owner -> owner.node().equals(node) ? "another process called " + node : owner.node());
    }
}
