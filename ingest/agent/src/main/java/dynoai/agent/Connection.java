package dynoai.agent;

import dynoai.agent.http.IntakeUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the intake can be used, as of the latest call of any thread. Thread-safe. */
final class Connection {
    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    private final AgentEvents events;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private boolean up = true;
    private String error = "";
    private @Nullable Instant lastContact;
    private long sendFrom;

    Connection(AgentEvents events, InstantSource clock, LongSupplier nanoClock) {
        this.events = events;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.sendFrom = nanoClock.getAsLong();
    }

    /** Whether the latest call succeeded; also before the first. */
    synchronized boolean isUp() {
        return up;
    }

    /** Whether a log may be sent: the connection is up, and the intake does not want sending to pause. */
    synchronized boolean maySend() {
        return up && nanoClock.getAsLong() - sendFrom >= 0;
    }

    /** What is wrong; empty while nothing is. */
    synchronized String error() {
        return error;
    }

    /** When the intake answered last; empty if it never did. */
    synchronized Optional<Instant> lastContact() {
        return Optional.ofNullable(lastContact);
    }

    void succeeded() {
        boolean restored;
        synchronized (this) {
            restored = !up || lastContact == null;
            up = true;
            lastContact = clock.instant();
            if (nanoClock.getAsLong() - sendFrom >= 0) {
                error = "";
            }
        }
        if (restored) {
            events.connected();
        }
    }

    /** An intake that is busy is up: only sending pauses. */
    void failed(IntakeUnavailableException e) {
        boolean changed;
        synchronized (this) {
            String message = String.valueOf(e.getMessage());
            switch (e.kind()) {
                case STOPPING -> {
                    return;
                }
                case BUSY -> {
                    Duration pause = e.retryAfter().compareTo(MAX_PAUSE) < 0 ? e.retryAfter() : MAX_PAUSE;
                    sendFrom = nanoClock.getAsLong() + pause.toNanos();
                    lastContact = clock.instant();
                }
                case CREDENTIAL -> {
                    up = false;
                    lastContact = clock.instant();
                }
                case CONNECTION -> up = false;
            }
            changed = !message.equals(error);
            error = message;
        }
        if (changed) {
            events.disconnected(String.valueOf(e.getMessage()));
        }
    }
}
