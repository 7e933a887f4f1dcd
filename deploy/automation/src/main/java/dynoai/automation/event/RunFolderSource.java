package dynoai.automation.event;

import java.io.IOException;

/** Provides the run folders of events. */
@FunctionalInterface
public interface RunFolderSource {
    /** For run folders that are in their place. */
    RunFolderSource IN_PLACE = event -> {};

    /** Makes the run folder of an event exist before a recipe runs for it; waits while that is impossible. */
    void provide(RunCompleted event) throws IOException, InterruptedException;
}
