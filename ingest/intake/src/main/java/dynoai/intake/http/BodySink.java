package dynoai.intake.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes of a body as they arrive. */
@FunctionalInterface
public interface BodySink {
    /** Takes all remaining bytes of a buffer. */
    void take(ByteBuffer bytes) throws IOException, RequestException;
}
