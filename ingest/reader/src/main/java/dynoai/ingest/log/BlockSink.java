package dynoai.ingest.log;

import dynoai.schemas.log.RowBlock;
import java.io.IOException;

/**
 * Takes a log's blocks in file order, never two at once, though perhaps from different threads. A block is only valid
 * until the call returns.
 */
@FunctionalInterface
public interface BlockSink {
    void block(RowBlock block) throws IOException;
}
