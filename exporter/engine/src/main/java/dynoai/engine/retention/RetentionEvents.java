package dynoai.engine.retention;

import java.io.IOException;
import java.nio.file.Path;

/** What retention reports while it works. */
public interface RetentionEvents {
    /** Called for each thing that is examined. */
    default void examined(RetentionKind kind) {}

    /** Called for what is neither weighed nor removed, with the reason. */
    default void leftAlone(Path path, String why) {}

    /**
     * Called before something is removed. It is kept if this fails, and nothing more is removed.
     *
     * @throws IOException if the removal cannot be recorded
     */
    default void removing(Removal removal) throws IOException {}

    default void removed(Removal removal) {}

    /** Called for what stays although it was planned, with the reason. */
    default void stays(Removal removal, String why) {}

    /** Called when a removal failed. The next one follows. */
    default void failed(Removal removal, IOException cause) {}
}
