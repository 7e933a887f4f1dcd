package dynoai.dashboard.api;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.board.VisibleRuns;
import dynoai.dashboard.feed.FleetFeed;
import dynoai.dashboard.runs.Fields;
import dynoai.schemas.record.AgentContact;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The shops for the operator: what they sent, what was rejected and why, how long runs took, their quotas and agents. */
final class FleetAnswer {
    private static final Duration PERIOD = Duration.ofDays(1);
    private static final int MAX_RUNS = 2_000;
    private static final int MAX_SHOPS = 1_000;
    private static final double P95 = 0.95;

    private final FleetFeed fleet;
    private final InstantSource clock;

    FleetAnswer(FleetFeed fleet, InstantSource clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    /** What happened in a shop in the period. */
    private static final class Recent {
        private final List<Long> elapsed = new ArrayList<>();
        private final Map<String, Integer> rejections = new TreeMap<>();
    }

    Map<String, @Nullable Object> of(Call call) throws CatalogueException {
        VisibleRuns runs = call.runs();
        long since = clock.millis() - PERIOD.toMillis();
        Map<String, Recent> recent = new TreeMap<>();
        for (RunLine run : newest(runs, RunState.DONE, since)) {
            recent.computeIfAbsent(run.shop(), shop -> new Recent()).elapsed.add(run.elapsedMillis());
        }
        for (RunLine run : newest(runs, RunState.REJECTED, since)) {
            recent.computeIfAbsent(run.shop(), shop -> new Recent())
                    .rejections
                    .merge(run.notice().code(), 1, Integer::sum);
        }
        Map<String, List<AgentContact>> contacts = new TreeMap<>();
        fleet.agents()
                .contacts()
                .forEach(each -> contacts.computeIfAbsent(each.shop(), shop -> new ArrayList<>())
                        .add(each));
        Map<String, Catalogue.Shop> shops = runs.shops();
        TreeSet<String> names = new TreeSet<>(shops.keySet());
        names.addAll(contacts.keySet());
        List<Object> all = new ArrayList<>();
        for (String name : names.stream().limit(MAX_SHOPS).toList()) {
            Catalogue.@Nullable Shop counted = shops.get(name);
            all.add(shop(
                    name,
                    counted == null ? new EnumMap<>(RunState.class) : counted.states(),
                    recent.getOrDefault(name, new Recent()),
                    runs.lastSeconds(name),
                    contacts.getOrDefault(name, List.of())));
        }
        return new Fields()
                .put("since_ms", since)
                .put("agents_current", fleet.agents().isCurrent())
                .put("total", names.size())
                .put("shops", all)
                .map();
    }

    private static List<RunLine> newest(VisibleRuns runs, RunState state, long since) throws CatalogueException {
        Query.Period period = new Query.Period(since, Long.MAX_VALUE);
        return runs.page(new Query("", "", "", state.key(), "", period), 1, MAX_RUNS)
                .runs();
    }

    private Map<String, @Nullable Object> shop(
            String name,
            Map<RunState, Integer> states,
            Recent recent,
            Throughput.Seconds seconds,
            List<AgentContact> contacts) {
        List<Object> rejections = new ArrayList<>();
        recent.rejections.forEach((code, count) ->
                rejections.add(new Fields().put("code", code).put("logs", count).map()));
        List<Object> shown = new ArrayList<>();
        for (AgentContact contact : contacts) {
            shown.add(new Fields()
                    .put("agent", contact.agent())
                    .put("version", contact.version())
                    .put("started_ms", contact.startedMillis())
                    .put("contact_ms", contact.contactMillis())
                    .put("waiting", contact.waiting())
                    .put("in_flight", contact.inFlight())
                    .put("last_error", contact.lastError())
                    .map());
        }
        return new Fields()
                .put("shop", name)
                .put("states", BoardJson.states(states))
                .put("rows_last_2_min", sum(seconds.rows()))
                .put("runs_last_2_min", sum(seconds.runs()))
                .put("measured", recent.elapsed.size())
                .put("p95_ms", p95(recent.elapsed))
                .put("rejections", rejections)
                .put("bytes_today", fleet.uploads().bytesToday(name))
                .put("bytes_per_day", fleet.limits(name).bytesPerDayOrDefault())
                .put("agents", shown)
                .map();
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the time that 95 % of the runs took at most; null without runs. */
    private static @Nullable Object p95(List<Long> elapsed) {
        List<Long> sorted = elapsed.stream().sorted().toList();
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(P95 * sorted.size()) - 1);
    }
}
