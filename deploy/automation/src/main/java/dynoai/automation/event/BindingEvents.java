package dynoai.automation.event;

/** Events of bound recipes. */
public interface BindingEvents {
    BindingEvents SILENT = new BindingEvents() {};

    /**
     * A recipe ended for a run and will not be run for it again.
     *
     * @param message why it failed; empty if it succeeded
     */
    default void recipeEnded(String recipe, RunCompleted run, boolean ok, String message) {}

    /** A transient failure delays the recipes; the operation is retried. */
    default void recipesDelayed(String reason) {}
}
