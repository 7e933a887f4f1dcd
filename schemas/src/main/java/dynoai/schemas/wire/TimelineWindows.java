package dynoai.schemas.wire;

import dynoai.schemas.grid.TimelineWindow;

/** Codes single windows of a timeline for the analyzer's window store, as in an analysis outcome. */
public final class TimelineWindows {
    private TimelineWindows() {}

    public static void write(BinaryOutput out, TimelineWindow window) {
        RunGridsCodec.writeWindow(out, window);
    }

    public static TimelineWindow read(BinaryInput in) throws UnreadableRecordException {
        return RunGridsCodec.readWindow(in);
    }
}
