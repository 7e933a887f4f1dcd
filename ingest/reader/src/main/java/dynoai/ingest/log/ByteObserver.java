package dynoai.ingest.log;

import java.io.IOException;

/** Receives every byte of a log in file order while it is read, to hash or copy it. */
@FunctionalInterface
public interface ByteObserver {
    void bytes(byte[] buffer, int from, int to) throws IOException;
}
