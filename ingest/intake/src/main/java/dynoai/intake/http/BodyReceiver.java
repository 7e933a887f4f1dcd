package dynoai.intake.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Receives a body without a thread that waits for it. */
final class BodyReceiver implements Runnable {
    private final Request request;
    private final HttpLimits limits;
    private final BodySink sink;
    private final CompletableFuture<BodyEnd> end = new CompletableFuture<>();
    private final long began = System.nanoTime();
    private long received;

    BodyReceiver(Request request, HttpLimits limits, BodySink sink) {
        this.request = request;
        this.limits = limits;
        this.sink = sink;
    }

    /** Completes when the body ended, or with the exception of the sink. */
    CompletableFuture<BodyEnd> end() {
        return end;
    }

    @Override
    public void run() {
        try {
            receive();
        } catch (IOException | RequestException | RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    private void receive() throws IOException, RequestException {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end.complete(BodyEnd.CUT);
                return;
            }
            boolean last = chunk.isLast();
            try {
                received += chunk.remaining();
                sink.take(chunk.getByteBuffer());
            } finally {
                chunk.release();
            }
            if (last) {
                end.complete(BodyEnd.WHOLE);
                return;
            }
            if (limits.isTooSlow(began, received)) {
                end.complete(BodyEnd.TOO_SLOW);
                return;
            }
        }
    }
}
