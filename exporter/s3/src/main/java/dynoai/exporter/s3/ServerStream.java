package dynoai.exporter.s3;

import dynoai.schemas.store.StoreUnavailableException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The bytes of an object. A connection that fails while they are read is a {@link StoreUnavailableException}. */
final class ServerStream extends FilterInputStream {
    private final String address;

    ServerStream(String address, InputStream bytes) {
        super(bytes);
        this.address = address;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException | SdkException e) {
            throw new StoreUnavailableException(address + " cannot be read: " + e.getMessage(), e);
        }
    }
}
