package dynoai.automation.event;

/**
 * What became of the events of one bound recipe, since the folder was made.
 *
 * @param waiting accepted and not yet ended
 * @param failed ended without success
 * @param duplicates told again, and not run again; counted since the start
 * @param refused could not be accepted because nothing could be written; the caller should tell again; since the start
 * @param lastFailure what the latest failure said; empty when there is none
 */
public record BindingStatus(
        String recipe, long waiting, long succeeded, long failed, long duplicates, long refused, String lastFailure) {}
