package dynoai.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One stream of server-sent events. It ends after a few minutes and the browser reconnects, so no response is endless. */
public final class EventStream {
    private static final long MAX_DURATION_NANOS = TimeUnit.MINUTES.toNanos(4);

    /** A page gets this many events at once, as the states of one run follow each other, but in the long run two a second. */
    private static final int BURST = 5;

    private static final long NANOS_PER_EVENT = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Source source;
    private final BooleanSupplier allowed;
    private final Runnable onClose;
    private final long began;
    private long lastSent;
    private long paidUntil;
    private String sent;
    private String text = "retry: 1000\n\n";

    /**
     * @param lastEventId of the last event that the browser received; empty for a new stream
     * @param began the time, as of {@link System#nanoTime}
     * @param allowed whether the client may have further events
     */
    EventStream(Source source, String lastEventId, long began, BooleanSupplier allowed, Runnable onClose) {
        this.allowed = allowed;
        this.source = source;
        this.sent = lastEventId;
        this.began = began;
        this.lastSent = began;
        this.paidUntil = began;
        this.onClose = onClose;
    }

    /** The source of events, shared by all streams. */
    public interface Source {
        /** Returns the id of the current event, without spaces. It changes when there is a new event. */
        String eventId();

        /** Returns the event as JSON on one line. */
        String event();
    }

    /** Returns what to send now; empty for nothing. */
    byte[] next(long now) {
        String id = source.eventId();
        if (!sent.equals(id) && paidUntil - now < (BURST - 1) * NANOS_PER_EVENT) {
            text += "id: " + id + "\nevent: board\ndata: " + source.event() + "\n\n";
            sent = id;
            paidUntil = Math.max(paidUntil - now, 0) + now + NANOS_PER_EVENT;
        } else if (now - lastSent > HEARTBEAT_NANOS) {
            text += ": heartbeat\n\n";
        }
        if (!text.isEmpty()) {
            lastSent = now;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        text = "";
        return bytes;
    }

    boolean isOver(long now) {
        return now - began > MAX_DURATION_NANOS || !allowed.getAsBoolean();
    }

    void close() {
        onClose.run();
    }
}
