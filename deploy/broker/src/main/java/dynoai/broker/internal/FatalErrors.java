package dynoai.broker.internal;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a fatal error of the broker, such as a failed log directory, and halts the JVM with a documented exit code.
 *
 * <p>Kafka halts the JVM by itself through {@link Exit}, with status 1 and without a message that explains it (KAFKA-14693; KAFKA-2405 is
 * the same complaint). Halting is safe, since every stage survives a kill.
 *
 * <p>Remove when an embedded broker can be given a fault handler (no KIP found); {@code FatalErrorsTest} shows that Kafka still
 * halts through {@link Exit}.
 */
public final class FatalErrors {
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);

    private FatalErrors() {}

    /** Replaces Kafka's ways to end the JVM. */
    public static void install() {
        Exit.setExitProcedure(FatalErrors::halt);
        Exit.setHaltProcedure(FatalErrors::halt);
    }

    private static void halt(int status, @Nullable String message) {
        LOG.error(
                "the embedded broker failed (status {}): {}; most often its disk is full or failing",
                status,
                message == null ? "no reason given" : message);
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
