package dynoai.dashboard.api;

import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.http.EventStream;
import dynoai.dashboard.runs.Fields;
import dynoai.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The events for open pages: counts, throughput and whether the board is degraded. Pages then request the runs that they
 * show. An event is written once for all open pages.
 */
final class BoardEventSource implements EventStream.Source {
    private static final int PREFIX_CHARACTERS = 8;

    private final RunBoard board;
    private final Throughput throughput;
    private final Supplier<String> degraded;

    /** Makes the event ids of different processes differ. */
    private final String prefix = UUID.randomUUID().toString().substring(0, PREFIX_CHARACTERS);

    private String writtenId = "";
    private String event = "";

    BoardEventSource(RunBoard board, Throughput throughput, Supplier<String> degraded) {
        this.board = board;
        this.throughput = throughput;
        this.degraded = degraded;
    }

    @Override
    public String eventId() {
        Throughput.Seconds last = throughput.last();
        boolean moving = last.rows().stream().anyMatch(rows -> rows > 0)
                || last.runs().stream().anyMatch(runs -> runs > 0);
        // While the chart moves there is a new event every second.
        return prefix
                + '-'
                + board.version()
                + '-'
                + (moving ? last.endSecond() : 0)
                + '-'
                + Integer.toHexString(degraded.get().hashCode());
    }

    @Override
    public synchronized String event() {
        String id = eventId();
        if (!id.equals(writtenId)) {
            Fields fields = new Fields()
                    .put("version", board.version())
                    .put("states", BoardJson.states(board.states()))
                    .put("throughput", BoardJson.throughput(throughput))
                    .put("degraded", degraded.get());
            event = new String(Json.canonical(fields.map()), StandardCharsets.UTF_8);
            writtenId = id;
        }
        return event;
    }
}
