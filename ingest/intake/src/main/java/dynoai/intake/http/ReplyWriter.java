package dynoai.intake.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** Sends replies without a thread that waits for the client. */
final class ReplyWriter {
    private ReplyWriter() {}

    static void write(Reply reply, Request request, Response response, Callback callback, HttpLimits limits) {
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        if (!request.consumeAvailable()) {
            // Jetty closes a connection on which bytes of a request are left, so the client has to learn it.
            response.getHeaders().put("Connection", "close");
        }
        boolean bodiless = request.getMethod().equals("HEAD");
        if (reply.content() instanceof Reply.Content.Stream stream) {
            setType(response, stream.type(), stream.length());
            new StreamWriter(stream.in(), response, callback, limits, bodiless).iterate();
        } else if (reply.content() instanceof Reply.Content.Text content) {
            byte[] body = content.text().getBytes(StandardCharsets.UTF_8);
            setType(response, content.type(), body.length);
            response.write(true, ByteBuffer.wrap(body, 0, bodiless ? 0 : body.length), callback);
        } else {
            response.write(true, ByteBuffer.allocate(0), callback);
        }
    }

    private static void setType(Response response, String type, long length) {
        response.getHeaders().put("Content-Type", type);
        response.getHeaders().put("Content-Length", length);
    }

    /** Sends one buffer after another; each is read when the one before has been taken by the connection. */
    private static final class StreamWriter extends IteratingCallback {
        private static final int BUFFER_BYTES = 1 << 16;

        private final InputStream in;
        private final Response response;
        private final Callback callback;
        private final HttpLimits limits;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private final long began = System.nanoTime();
        private long sent;
        private boolean ended;

        StreamWriter(InputStream in, Response response, Callback callback, HttpLimits limits, boolean ended) {
            this.in = in;
            this.response = response;
            this.callback = callback;
            this.limits = limits;
            this.ended = ended;
        }

        @Override
        protected Action process() throws Exception {
            if (ended) {
                return Action.SUCCEEDED;
            }
            if (limits.isTooSlow(began, sent)) {
                throw new TimeoutException("the client takes the reply too slowly");
            }
            int read = in.read(buffer);
            ended = read < 0;
            sent += Math.max(0, read);
            response.write(ended, ByteBuffer.wrap(buffer, 0, Math.max(0, read)), this);
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteSuccess() {
            closeStream();
            callback.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            closeStream();
            callback.failed(cause);
        }

        private void closeStream() {
            try {
                in.close();
            } catch (IOException ignored) {
                // All that is needed was read.
            }
        }
    }
}
