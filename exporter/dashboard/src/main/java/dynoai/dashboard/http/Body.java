package dynoai.dashboard.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Receives the body of a POST, part by part, in threads of the server and never in two at once. */
public interface Body {
    void write(ByteBuffer part) throws IOException;

    /** Answers the request after the last part. */
    Response answer() throws HttpException, IOException;

    /** Discards what was received, since the rest will not arrive. */
    void discard();
}
