package dynoai.app.console;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Buffers, and remembers the first failure to write, which a print stream would only turn into a flag. */
final class FailureRecordingOutputStream extends OutputStream {
    private final BufferedOutputStream target;
    private @Nullable IOException failure;

    FailureRecordingOutputStream(OutputStream target, int bufferBytes) {
        this.target = new BufferedOutputStream(target, bufferBytes);
    }

    /** The first failure, or null. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        if (failure != null) {
            return;
        }
        try {
            target.flush();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
