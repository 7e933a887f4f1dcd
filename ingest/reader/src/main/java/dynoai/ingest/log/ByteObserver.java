package dynoai.ingest.log;

import java.io.IOException;

/** Sees every byte of a log in file order while it is read: to hash it, or to copy it. */
@FunctionalInterface
public interface ByteObserver {
    void bytes(byte[] buffer, int from, int to) throws IOException;
}
