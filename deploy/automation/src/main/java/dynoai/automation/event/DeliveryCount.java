package dynoai.automation.event;

/**
 * What came of telling of an event.
 *
 * @param started recipes that run because of it
 * @param refused recipes that could not write it down; the caller must tell again
 */
public record DeliveryCount(int started, int refused) {}
