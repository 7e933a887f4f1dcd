package dynoai.automation.run;

/** Events of a running recipe. The id of a step in a group is {@code group.round.step}. */
public interface RecipeEvents {
    RecipeEvents SILENT = new RecipeEvents() {};

    default void stepStarted(String id, String kind, int attempt) {}

    /** A step succeeded; {@code result} is its JSON with secrets hidden. */
    default void stepSucceeded(String id, String result) {}

    default void stepFailed(String id, int attempt, String reason) {}

    /** A step's result was taken from an earlier run of the same recipe. */
    default void stepResumed(String id) {}

    /** A round of a group ended; {@code done} if it was the last. */
    default void roundEnded(String id, int round, String value, boolean done) {}
}
