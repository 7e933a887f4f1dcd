package dynoai.schemas.record;

/**
 * The latest contact of a shop's agent.
 *
 * @param waiting logs in its drop folder that are not uploaded
 * @param inFlight uploaded logs without a result
 * @param lastError empty if there was no error
 */
public record AgentContact(
        String shop,
        String agent,
        String version,
        long startedMillis,
        long contactMillis,
        int waiting,
        int inFlight,
        String lastError) {

    /** The record's key on its topic. */
    public String key() {
        return shop + '/' + agent;
    }
}
