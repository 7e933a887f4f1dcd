package dynoai.dashboard.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One stream of server-sent events. It ends after a few minutes and the browser reconnects, so no response is endless. */
public final class EventStream {
    private static final long MAX_DURATION_NANOS = TimeUnit.MINUTES.toNanos(4);
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long POLL_MILLIS = 500;

    private EventStream() {}

    /** The source of events, shared by all streams. */
    public interface Source {
        /** Returns the id of the current event, without spaces. It changes when there is a new event. */
        String eventId();

        /** Returns the event as JSON on one line. */
        String event();
    }

    /** @param lastEventId of the last event that the browser received; empty for a new stream */
    static void run(Source source, String lastEventId, OutputStream out, CountDownLatch closing) throws IOException {
        long began = System.nanoTime();
        long lastSent = began;
        String sent = lastEventId;
        write(out, "retry: 1000\n\n");
        try {
            while (System.nanoTime() - began < MAX_DURATION_NANOS) {
                String id = source.eventId();
                if (!sent.equals(id)) {
                    write(out, "id: " + id + "\nevent: board\ndata: " + source.event() + "\n\n");
                    sent = id;
                    lastSent = System.nanoTime();
                } else if (System.nanoTime() - lastSent > HEARTBEAT_NANOS) {
                    write(out, ": heartbeat\n\n");
                    lastSent = System.nanoTime();
                }
                if (closing.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
