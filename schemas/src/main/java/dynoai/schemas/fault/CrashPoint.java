package dynoai.schemas.fault;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Points at which a crash is most critical. A process started with {@code DYNOAI_CRASH_AT=NAME} kills itself when it first
 * reaches that point, with {@code NAME:3} when it does for the third time, so that crash safety can be tested on a real
 * installation. Without the variable a point costs one comparison.
 */
public enum CrashPoint {
    INGEST_BEFORE_CLAIM,
    INGEST_AFTER_CLAIM,
    INGEST_BEFORE_STORE,
    INGEST_AFTER_STORE,
    INGEST_BEFORE_TRANSACTION,
    INGEST_MID_TRANSACTION,
    INGEST_BEFORE_COMMIT,
    INGEST_AFTER_COMMIT,
    INGEST_BEFORE_END,
    INGEST_MID_END,
    INGEST_AFTER_END,
    ANALYZER_AT_START,
    ANALYZER_MID_RUN,
    ANALYZER_AFTER_RESULT,
    EXPORTER_BEFORE_FILES,
    EXPORTER_BEFORE_FSYNC,
    EXPORTER_BEFORE_RENAME,
    EXPORTER_AFTER_RENAME,
    EXPORTER_BEFORE_COMMIT,
    EXPORTER_AFTER_COMMIT,
    AGENT_MID_UPLOAD,
    AGENT_MID_DOWNLOAD,
    AGENT_BEFORE_RENAME,
    AGENT_AFTER_RENAME,
    RETENTION_AFTER_RENAME,
    RETENTION_MID_DELETE;

    /** The environment variable that names the point. */
    public static final String VARIABLE = "DYNOAI_CRASH_AT";

    private final AtomicInteger left = new AtomicInteger(countdown());

    /** The name in the variable, for example {@code ingest-after-claim}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Kills the process if this is the point that the variable names. */
    public void reached() {
        if (left.get() > 0 && left.decrementAndGet() == 0) {
            die();
        }
    }

    private int countdown() {
        String wanted = System.getenv(VARIABLE);
        if (wanted == null) {
            return 0;
        }
        String[] parts = wanted.split(":");
        if (!parts[0].equals(key())) {
            return 0;
        }
        return parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
            LockSupport.parkNanos(5_000_000_000L);
        } catch (IOException ignored) { // no kill command: halt
        }
        Runtime.getRuntime().halt(137);
    }
}
