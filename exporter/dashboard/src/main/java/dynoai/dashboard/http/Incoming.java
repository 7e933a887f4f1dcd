package dynoai.dashboard.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A body that is being received. It is answered or discarded, once. */
final class Incoming {
    private final RequestHead head;
    private final String sender;
    private final Body body;
    private final Runnable onEnd;
    private long missing;
    private boolean ended;

    /** @param onEnd runs once the body is answered or discarded */
    Incoming(RequestHead head, String sender, Body body, long length, Runnable onEnd) {
        this.head = head;
        this.sender = sender;
        this.body = body;
        this.missing = length;
        this.onEnd = onEnd;
    }

    RequestHead head() {
        return head;
    }

    String sender() {
        return sender;
    }

    synchronized long missing() {
        return missing;
    }

    synchronized void write(ByteBuffer part) throws IOException {
        if (ended) {
            throw new IOException("the connection has ended");
        }
        missing -= part.remaining();
        body.write(part);
    }

    synchronized Response answer() throws HttpException, IOException {
        if (ended || missing > 0) {
            throw new IOException("the body is incomplete");
        }
        ended = true;
        try {
            return body.answer();
        } finally {
            onEnd.run();
        }
    }

    synchronized void discard() {
        if (!ended) {
            ended = true;
            try {
                body.discard();
            } finally {
                onEnd.run();
            }
        }
    }
}
