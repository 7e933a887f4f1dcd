package dynoai.agent.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown when an intake cannot be used at the moment. The log is not the reason, so every call is retried later. */
public final class IntakeUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why the intake cannot be used. */
    public enum Kind {
        /** The connection failed, perhaps after the intake did what was asked. */
        CONNECTION,
        /** The intake does not accept the credential. */
        CREDENTIAL,
        /** The intake asks to come back later. */
        BUSY,
        /** The agent is stopping. */
        STOPPING
    }

    private final Kind kind;
    private final Duration retryAfter;

    IntakeUnavailableException(Kind kind, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public static IntakeUnavailableException connection(String message, @Nullable Throwable cause) {
        return new IntakeUnavailableException(Kind.CONNECTION, message, Duration.ZERO, cause);
    }

    public static IntakeUnavailableException stopping() {
        return new IntakeUnavailableException(Kind.STOPPING, "the agent is stopping", Duration.ZERO, null);
    }

    public Kind kind() {
        return kind;
    }

    /** How long the intake asks to wait; zero if it does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
