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
 * Tells open pages what changed: counts, throughput and trouble; they ask again for the runs that they show. Written once
 * for all pages that are open.
 */
final class BoardNews implements EventStream.Source {
    private static final int SHORT = 8;

    private final RunBoard board;
    private final Throughput throughput;
    private final Supplier<String> trouble;

    /** Marks of an earlier process must not be taken for ours. */
    private final String life = UUID.randomUUID().toString().substring(0, SHORT);

    private String written = "";
    private String event = "";

    BoardNews(RunBoard board, Throughput throughput, Supplier<String> trouble) {
        this.board = board;
        this.throughput = throughput;
        this.trouble = trouble;
    }

    @Override
    public String mark() {
        Throughput.Seconds last = throughput.last();
        boolean moving = last.rows().stream().anyMatch(rows -> rows > 0)
                || last.runs().stream().anyMatch(runs -> runs > 0);
        // While the chart moves there is something new every second.
        return life
                + '-'
                + board.version()
                + '-'
                + (moving ? last.endSecond() : 0)
                + '-'
                + Integer.toHexString(trouble.get().hashCode());
    }

    @Override
    public synchronized String event() {
        String mark = mark();
        if (!mark.equals(written)) {
            Fields fields = new Fields()
                    .put("version", board.version())
                    .put("states", BoardJson.states(board.states()))
                    .put("throughput", BoardJson.throughput(throughput))
                    .put("trouble", trouble.get());
            event = new String(Json.canonical(fields.map()), StandardCharsets.UTF_8);
            written = mark;
        }
        return event;
    }
}
