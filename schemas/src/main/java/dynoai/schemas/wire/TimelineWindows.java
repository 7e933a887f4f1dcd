package dynoai.schemas.wire;

import dynoai.schemas.grid.TimelineWindow;

/** A single window of a timeline as it stands in a run's outcome, for a store of windows. */
public final class TimelineWindows {
    private TimelineWindows() {}

    public static void write(BinaryOutput out, TimelineWindow window) {
        RunGridsCodec.writeWindow(out, window);
    }

    public static TimelineWindow read(BinaryInput in) throws UnreadableRecordException {
        return RunGridsCodec.readWindow(in);
    }
}
