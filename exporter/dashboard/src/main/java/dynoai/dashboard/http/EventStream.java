package dynoai.dashboard.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One open stream of server-sent events. It ends after a few minutes, and the browser comes again by itself: so no answer
 * takes for ever, and a browser that went away is noticed.
 */
public final class EventStream {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(4);
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long LOOK_MILLIS = 500;

    private EventStream() {}

    /** Where events come from; one serves all streams. */
    public interface Source {
        /** Names what there is to tell; another name when there is something new. One word. */
        String mark();

        /** The event as JSON on one line. */
        String event();
    }

    /** @param known the mark of what the browser heard before it lost us; empty when nothing */
    static void run(Source source, String known, OutputStream out, CountDownLatch closing) throws IOException {
        long began = System.nanoTime();
        long lastSent = began;
        String sent = known;
        write(out, "retry: 1000\n\n");
        try {
            while (System.nanoTime() - began < LONGEST_NANOS) {
                String mark = source.mark();
                if (!sent.equals(mark)) {
                    write(out, "id: " + mark + "\nevent: board\ndata: " + source.event() + "\n\n");
                    sent = mark;
                    lastSent = System.nanoTime();
                } else if (System.nanoTime() - lastSent > HEARTBEAT_NANOS) {
                    write(out, ": still here\n\n");
                    lastSent = System.nanoTime();
                }
                if (closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
