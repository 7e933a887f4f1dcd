package dynoai.dashboard.api;

import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.board.VisibleRuns;
import dynoai.dashboard.http.EventStream;
import dynoai.dashboard.runs.Fields;
import dynoai.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The events for open pages: counts, throughput and whether the board is degraded. Pages then request the runs that they
 * show. An event is written once for all open pages.
 */
final class BoardEventSource implements EventStream.Source {
    private static final int PREFIX_CHARACTERS = 8;

    private final VisibleRuns runs;

    /** Makes the event ids of different processes differ. */
    private final String prefix = UUID.randomUUID().toString().substring(0, PREFIX_CHARACTERS);

    private String writtenId = "";
    private String event = "";

    BoardEventSource(VisibleRuns runs) {
        this.runs = runs;
    }

    @Override
    public String eventId() {
        Throughput.Seconds last = runs.lastSeconds();
        boolean moving = last.rows().stream().anyMatch(rows -> rows > 0)
                || last.runs().stream().anyMatch(ended -> ended > 0);
        // While the chart moves there is a new event every second.
        return prefix
                + '-'
                + runs.version()
                + '-'
                + (moving ? last.endSecond() : 0)
                + '-'
                + Integer.toHexString(runs.degraded().hashCode());
    }

    @Override
    public synchronized String event() {
        String id = eventId();
        if (!id.equals(writtenId)) {
            Fields fields = new Fields()
                    .put("version", runs.version())
                    .put("states", BoardJson.states(runs.states()))
                    .put("throughput", BoardJson.throughput(runs.lastSeconds()))
                    .put("degraded", runs.degraded());
            event = new String(Json.canonical(fields.map()), StandardCharsets.UTF_8);
            writtenId = id;
        }
        return event;
    }
}
