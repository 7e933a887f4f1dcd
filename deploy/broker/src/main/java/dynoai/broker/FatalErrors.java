package dynoai.broker;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when Kafka wants to end the JVM, as it does when its log directory fails: one line in the log, then the exit
 * code for a failure inside. Halting skips no work of ours, since every stage stands a kill.
 */
final class FatalErrors {
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);

    private FatalErrors() {}

    static void install() {
        Exit.setExitProcedure((status, message) -> end(status, message));
        Exit.setHaltProcedure((status, message) -> end(status, message));
    }

    private static void end(int status, @Nullable String message) {
        LOG.error(
                "the embedded broker gave up (status {}): {}; most often its disk is full or failing",
                status,
                message == null ? "no reason given" : message);
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
