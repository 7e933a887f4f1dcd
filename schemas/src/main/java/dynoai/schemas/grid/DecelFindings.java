package dynoai.schemas.grid;

import java.util.List;

/**
 * The closing-throttle events of a run. Collected only with {@code --decel-management}.
 *
 * @param events how many were kept
 * @param first the first {@link #LISTED} of them, in order
 * @param zones events of each of the {@link DecelZones}; empty without {@code --decel-management}
 */
public record DecelFindings(long events, List<Event> first, List<ZoneTally> zones) {
    public static final DecelFindings NOT_ASKED = new DecelFindings(0, List.of(), List.of());

    /** Number of events that are listed; the zones count all events. */
    public static final int LISTED = 100;

    public boolean wasAsked() {
        return !zones.isEmpty();
    }

    /**
     * One event.
     *
     * @param firstRow number of its first row among those with a throttle reading, from 1
     * @param startSeconds on the log's own time, made to run forward
     * @param seconds how long it lasted
     * @param steepestRate lowest throttle rate, in percent a second
     * @param startRpm engine speed where it began
     * @param startTps throttle where it began, in percent
     * @param highestAfr highest AFR from 9 to 18 that either cylinder read; NaN where none did
     * @param leanPopLikelihood from 0 to 1, how likely a lean pop was
     * @param zone of {@link DecelZones}, where the AFR was highest, else where it began
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
     * @param likelyLeanPops of them those with a likelihood of at least 0.3
     * @param likelihood sum of the likelihoods of those
     */
    public record ZoneTally(long events, long likelyLeanPops, double likelihood) {}
}
