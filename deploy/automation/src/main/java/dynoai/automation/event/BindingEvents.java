package dynoai.automation.event;

/** What bound recipes report while they run. */
public interface BindingEvents {
    BindingEvents SILENT = new BindingEvents() {};

    /**
     * A bound recipe came to its end, and will not run for this run again.
     *
     * @param message why it did not succeed; empty when it did
     */
    default void recipeEnded(String recipe, RunCompleted run, boolean ok, String message) {}

    /** Nothing can be heard or written for now; it is tried again. */
    default void recipesTroubled(String why) {}
}
