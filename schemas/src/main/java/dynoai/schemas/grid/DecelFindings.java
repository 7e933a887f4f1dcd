package dynoai.schemas.grid;

import java.util.List;

/**
 * The closing-throttle events of a run. Collected only if decel management was requested.
 *
 * @param events the number of events
 * @param first the first {@link #MAX_LISTED} of them, in order
 * @param zones by {@link DecelZones zone}; an empty list if decel management was not requested
 */
public record DecelFindings(long events, List<Event> first, List<ZoneTally> zones) {
    public static final DecelFindings NOT_REQUESTED = new DecelFindings(0, List.of(), List.of());

    /** The maximum number of listed events; the zones count all of them. */
    public static final int MAX_LISTED = 100;

    public boolean isRequested() {
        return !zones.isEmpty();
    }

    /**
     * One event.
     *
     * @param firstRow number of its first row among those with a throttle reading, from 1
     * @param startSeconds on the log's clock, made monotonic
     * @param seconds duration
     * @param steepestRate lowest throttle rate, in percent per second
     * @param startRpm engine speed at the start
     * @param startTps throttle at the start, in percent
     * @param highestAfr highest AFR from 9 to 18 that either cylinder read; NaN if none did
     * @param leanPopLikelihood likelihood of a lean pop, from 0 to 1
     * @param zone of {@link DecelZones}: where the AFR was highest, else of the start
     */
    public record Event(
            long firstRow,
            double startSeconds,
            double seconds,
            double steepestRate,
            double startRpm,
            double startTps,
            double highestAfr,
            double leanPopLikelihood,
            int zone) {}

    /**
     * @param events in the zone
     * @param likelyLeanPops events with a likelihood of at least 0.3
     * @param likelihood sum of the likelihoods of those
     */
    public record ZoneTally(long events, long likelyLeanPops, double likelihood) {}
}
