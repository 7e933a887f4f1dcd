package dynoai.automation.event;

/**
 * The result of delivering an event.
 *
 * @param started number of recipes that run for it
 * @param refused number of recipes whose folder could not be written; the caller must deliver the event again
 */
public record DeliveryCount(int started, int refused) {}
