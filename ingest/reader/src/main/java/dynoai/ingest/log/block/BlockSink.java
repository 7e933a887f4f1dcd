package dynoai.ingest.log.block;

import dynoai.schemas.log.RowBlock;
import java.io.IOException;

/**
 * Receives a log's blocks in file order, one at a time but possibly from different threads. A block is valid only until the call
 * returns.
 */
@FunctionalInterface
public interface BlockSink {
    void block(RowBlock block) throws IOException;
}
