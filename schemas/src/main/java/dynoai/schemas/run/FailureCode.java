package dynoai.schemas.run;

import java.util.Locale;

/**
 * Why a log was rejected or a run failed. The names are part of the contract: reason files, manifests, records and metrics
 * carry them. {@code docs/failure-codes.md} explains each.
 */
public enum FailureCode {
    EMPTY_LOG(Ends.LOG),
    NOT_TEXT(Ends.LOG),
    UNREAD_FORMAT(Ends.LOG),
    MISSING_COLUMNS(Ends.LOG),
    TOO_MANY_COLUMNS(Ends.LOG),
    LINE_TOO_LONG(Ends.LOG),
    FILE_TOO_LARGE(Ends.LOG),
    UNIT_SUSPECT(Ends.LOG),
    DUPLICATE(Ends.LOG),
    OPTIONS_UNREADABLE(Ends.LOG),
    OPTION_REFUSED(Ends.LOG_OR_RUN),
    BASE_TABLE_MISSING(Ends.LOG),
    BASE_TABLE_OUTSIDE(Ends.LOG),
    BASE_TABLE_REFUSED(Ends.LOG_OR_RUN),
    INGEST_FAILED(Ends.LOG_OR_RUN),
    UNREADABLE_RECORD(Ends.RETRYABLE_RUN),
    UNKNOWN_SCHEMA(Ends.RETRYABLE_RUN),
    BLOCKS_MISSING(Ends.RETRYABLE_RUN),
    COUNTS_DO_NOT_ADD_UP(Ends.RETRYABLE_RUN),
    HASH_DIFFERS(Ends.RETRYABLE_RUN),
    STATE_UNREADABLE(Ends.RETRYABLE_RUN),
    FOLD_FAILED(Ends.RUN),
    TIMELINE_TOO_LONG(Ends.RUN),
    RUN_ID_CONFLICT(Ends.RUN),
    RUN_FOLDER_CHANGED(Ends.RUN),
    EXPORT_FAILED(Ends.RUN),
    RUN_FAILED(Ends.RUN),
    /** A code of a newer version. */
    OTHER(Ends.LOG_OR_RUN);

    /** The name that versions before 1.1 gave to {@link #OPTION_REFUSED} in analysis outcomes. */
    private static final String FORMER_OPTION_REFUSED = "OPTIONS_REFUSED";

    private final Ends ends;

    FailureCode(Ends ends) {
        this.ends = ends;
    }

    /** Returns the code of this name, and {@link #OTHER} for a name this version does not know. */
    public static FailureCode ofName(String name) {
        for (FailureCode code : values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return name.equals(FORMER_OPTION_REFUSED) ? OPTION_REFUSED : OTHER;
    }

    /** Whether a log may be rejected for it, before any of its rows is sent. */
    public boolean rejectsLog() {
        return ends == Ends.LOG || ends == Ends.LOG_OR_RUN;
    }

    /** Whether a run may fail for it. */
    public boolean failsRun() {
        return ends != Ends.LOG;
    }

    /** Whether resending the run may help, because Kafka or a state store lost data. */
    public boolean isRetryable() {
        return ends == Ends.RETRYABLE_RUN;
    }

    /** The name as words. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private enum Ends {
        LOG,
        RUN,
        RETRYABLE_RUN,
        LOG_OR_RUN
    }
}
