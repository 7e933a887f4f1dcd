package dynoai.analyzer.run;

import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelFindings.Event;
import dynoai.schemas.grid.DecelFindings.ZoneTally;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogClock;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds closing-throttle events in one pass, with one row of look-ahead. A row's throttle rate is the central difference over
 * log time; at the first and the last row of a log it is the difference to the only neighbour.
 *
 * <p>An event begins at a rate of -15 %/s or less, or at a throttle of at most 7 % with the engine slowing by more than 5 rpm
 * a row, inside the range of speeds; it ends when the throttle settles (rate above -5, at most 7 %), reopens (above 7 %, rate
 * above 5) or the speed falls below the range. It counts if it lasts from 0.2 to 3 s and does not reach the log's end. Rows
 * without a throttle reading are ignored.
 */
final class DecelEvents {
    private static final double CLOSING_RATE = -15;
    private static final double SETTLED_RATE = -5;
    private static final double REOPENING_RATE = 5;
    private static final double CLOSED_TPS = 7;
    private static final double SLOWING_RPM = 5;
    private static final double MIN_SECONDS = 0.2;
    private static final double MAX_SECONDS = 3.0;
    private static final double MIN_AFR = 9;
    private static final double MAX_AFR = 18;
    private static final double LEAN_FROM_AFR = 14.7;
    private static final double LEAN_SPAN_AFR = 2;
    private static final double LIKELY = 0.3;

    /** Tolerance for rounding: 10.2 - 10 is a little less than 0.2. */
    private static final double TIME_TOLERANCE = 1e-9;

    private static final Event NO_EVENT = new Event(0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final double rpmMin;
    private final double rpmMax;

    private final LogClock clock = new LogClock();
    private Row before = new Row();
    private Row at = new Row();
    private long rows;

    /** The rows of earlier logs. */
    private long rowsBefore;

    private final OpenEvent open = new OpenEvent();
    private final List<Event> first = new ArrayList<>();
    private long events;
    private final long[] zoneEvents = new long[DecelZones.COUNT];
    private final long[] zoneLikely = new long[DecelZones.COUNT];
    private final double[] zoneLikelihood = new double[DecelZones.COUNT];

    DecelEvents(double rpmMin, double rpmMax) {
        this.rpmMin = rpmMin;
        this.rpmMax = rpmMax;
    }

    void fold(ChannelValues values, int count) {
        double[] time = values.of(Channel.TIME_SECONDS);
        double[] tps = values.of(Channel.THROTTLE_PERCENT);
        double[] rpm = values.of(Channel.RPM);
        double[] front = values.of(Channel.MEASURED_AFR_FRONT);
        double[] rear = values.of(Channel.MEASURED_AFR_REAR);
        for (int i = 0; i < count; i++) {
            double now = clock.advance(time[i]);
            if (!Double.isNaN(tps[i])) {
                next(now, tps[i], rpm[i], leaner(front[i], rear[i]));
            }
        }
    }

    /** Judges the previous row, whose next one is known now. */
    private void next(double seconds, double tps, double rpm, double afr) {
        if (rows > rowsBefore) {
            judge(rate(
                    rows > rowsBefore + 1 ? before.seconds : at.seconds,
                    rows > rowsBefore + 1 ? before.tps : at.tps,
                    seconds,
                    tps));
        }
        Row reused = before;
        before = at;
        at = reused;
        at.seconds = seconds;
        at.tps = tps;
        at.rpm = rpm;
        at.afr = afr;
        rows++;
    }

    private void judge(double rate) {
        if (!open.isOpen()) {
            boolean slowing = rows > rowsBefore + 1 && before.rpm - at.rpm > SLOWING_RPM;
            boolean closing = rate <= CLOSING_RATE || at.tps <= CLOSED_TPS && slowing;
            if (closing && at.rpm >= rpmMin && at.rpm <= rpmMax) {
                open.begin(rows, at, rate);
            }
            return;
        }
        open.add(at, rate);
        boolean settled = rate > SETTLED_RATE && at.tps <= CLOSED_TPS;
        boolean reopened = at.tps > CLOSED_TPS && rate > REOPENING_RATE;
        if (settled || reopened || at.rpm < rpmMin) {
            keep(at.seconds - open.startSeconds);
            open.close();
        }
    }

    private void keep(double seconds) {
        if (seconds < MIN_SECONDS - TIME_TOLERANCE || seconds > MAX_SECONDS + TIME_TOLERANCE) {
            return;
        }
        double likelihood = likelihood(open.highestAfr);
        int zone = DecelZones.zone(open.zoneRpm, open.zoneTps);
        events++;
        zoneEvents[zone]++;
        if (likelihood >= LIKELY) {
            zoneLikely[zone]++;
            zoneLikelihood[zone] += likelihood;
        }
        if (first.size() < DecelFindings.MAX_LISTED) {
            first.add(new Event(
                    open.firstRow,
                    open.startSeconds,
                    seconds,
                    open.steepestRate,
                    open.startRpm,
                    open.startTps,
                    open.highestAfr,
                    likelihood,
                    zone));
        }
    }

    private static double likelihood(double highestAfr) {
        return Double.isNaN(highestAfr) ? 0 : Math.max(0, Math.min(1, (highestAfr - LEAN_FROM_AFR) / LEAN_SPAN_AFR));
    }

    private static double rate(double fromSeconds, double fromTps, double toSeconds, double toTps) {
        return toSeconds > fromSeconds ? (toTps - fromTps) / (toSeconds - fromSeconds) : 0;
    }

    private static double leaner(double front, double rear) {
        double a = front >= MIN_AFR && front <= MAX_AFR ? front : Double.NaN;
        double b = rear >= MIN_AFR && rear <= MAX_AFR ? rear : Double.NaN;
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
    }

    void exchange(StateExchange state) throws UnreadableRecordException {
        state.exchange(clock);
        before.exchange(state);
        at.exchange(state);
        rows = state.next(rows);
        open.exchange(state);
        int listed = state.next(first.size(), DecelFindings.MAX_LISTED);
        for (int i = 0; i < listed; i++) {
            if (i == first.size()) {
                first.add(NO_EVENT);
            }
            first.set(i, exchange(first.get(i), state));
        }
        events = state.next(events);
        for (int zone = 0; zone < DecelZones.COUNT; zone++) {
            zoneEvents[zone] = state.next(zoneEvents[zone]);
            zoneLikely[zone] = state.next(zoneLikely[zone]);
            zoneLikelihood[zone] = state.next(zoneLikelihood[zone]);
        }
    }

    private static Event exchange(Event event, StateExchange state) throws UnreadableRecordException {
        return new Event(
                state.next(event.firstRow()),
                state.next(event.startSeconds()),
                state.next(event.seconds()),
                state.next(event.steepestRate()),
                state.next(event.startRpm()),
                state.next(event.startTps()),
                state.next(event.highestAfr()),
                state.next(event.leanPopLikelihood()),
                state.next(event.zone(), DecelZones.COUNT - 1));
    }

    /** Ends the log and begins another one. */
    void beginLog() {
        endLog();
        rowsBefore = rows;
    }

    private void endLog() {
        if (rows > rowsBefore + 1 && open.isOpen()) {
            judge(rate(before.seconds, before.tps, at.seconds, at.tps));
        }
        open.close();
    }

    /** Ends the log and returns the findings. */
    DecelFindings findings() {
        endLog();
        List<ZoneTally> zones = new ArrayList<>();
        for (int zone = 0; zone < DecelZones.COUNT; zone++) {
            zones.add(new ZoneTally(zoneEvents[zone], zoneLikely[zone], zoneLikelihood[zone]));
        }
        return new DecelFindings(events, List.copyOf(first), List.copyOf(zones));
    }

    /** The values of a row that events need. */
    private static final class Row {
        double seconds;
        double tps;
        double rpm;
        double afr;

        void exchange(StateExchange state) throws UnreadableRecordException {
            seconds = state.next(seconds);
            tps = state.next(tps);
            rpm = state.next(rpm);
            afr = state.next(afr);
        }
    }

    /** The current event. */
    private static final class OpenEvent {
        /** Number of its first row; 0 without an event. */
        long firstRow;

        double startSeconds;
        double startRpm;
        double startTps;
        double steepestRate;
        double highestAfr;
        double zoneRpm;
        double zoneTps;

        void exchange(StateExchange state) throws UnreadableRecordException {
            firstRow = state.next(firstRow);
            startSeconds = state.next(startSeconds);
            startRpm = state.next(startRpm);
            startTps = state.next(startTps);
            steepestRate = state.next(steepestRate);
            highestAfr = state.next(highestAfr);
            zoneRpm = state.next(zoneRpm);
            zoneTps = state.next(zoneTps);
        }

        boolean isOpen() {
            return firstRow > 0;
        }

        void begin(long row, Row at, double rate) {
            firstRow = row;
            startSeconds = at.seconds;
            startRpm = at.rpm;
            startTps = at.tps;
            steepestRate = rate;
            highestAfr = at.afr;
            zoneRpm = at.rpm;
            zoneTps = at.tps;
        }

        void add(Row at, double rate) {
            steepestRate = Math.min(steepestRate, rate);
            if (at.afr > highestAfr || Double.isNaN(highestAfr) && !Double.isNaN(at.afr)) {
                highestAfr = at.afr;
                zoneRpm = at.rpm;
                zoneTps = at.tps;
            }
        }

        void close() {
            firstRow = 0;
        }
    }
}
