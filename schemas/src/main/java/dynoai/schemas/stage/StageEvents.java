package dynoai.schemas.stage;

/** What every stage reports about its failures. */
public interface StageEvents {
    /** Something outside the stage failed; it is retried. */
    default void transientFailure(String where, Exception cause) {}

    /** A problem that is not retried; the stage continues. */
    default void warning(String where, String message) {}

    /** A bug ended the stage. */
    default void failed(String stage, Throwable bug) {}
}
