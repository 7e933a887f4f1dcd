package dynoai.automation.event;

/**
 * The number of events of a bound recipe by status, since the event folder was created.
 *
 * @param waiting accepted and not yet ended
 * @param failed ended without success
 * @param duplicates delivered again and ignored, since the start
 * @param refused not accepted because the event could not be written, since the start; the caller must deliver it again
 * @param lastFailure message of the latest failure; empty without one
 */
public record BindingStatus(
        String recipe, long waiting, long succeeded, long failed, long duplicates, long refused, String lastFailure) {}
