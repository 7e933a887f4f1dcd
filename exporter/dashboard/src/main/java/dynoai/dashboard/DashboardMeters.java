package dynoai.dashboard;

import dynoai.catalogue.run.RunState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of a dashboard. The only label is the state of runs. */
public final class DashboardMeters {
    private static final String STATE = "state";

    private DashboardMeters() {}

    public static void bind(Dashboard dashboard, MeterRegistry registry) {
        for (RunState state : RunState.values()) {
            Gauge.builder(
                            "dynoai.dashboard.runs.shown",
                            dashboard,
                            all -> all.board().states().getOrDefault(state, 0))
                    .description("Runs and logs on the board, by state")
                    .tag(STATE, state.key())
                    .strongReference(true)
                    .register(registry);
        }
        Gauge.builder("dynoai.dashboard.streams.open", dashboard, Dashboard::openStreams)
                .description("Open event streams")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "dynoai.dashboard.degraded",
                        dashboard,
                        all -> all.degraded().isEmpty() ? 0 : 1)
                .description("1 when runs on the board may be missing or late")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "dynoai.dashboard.agents.silent",
                        dashboard,
                        all -> all.agents().silent(System.currentTimeMillis()))
                .description("Agents of shops without a contact for 15 minutes, but within a week")
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("dynoai.dashboard.requests.answered", dashboard, Dashboard::answered)
                .description("HTTP requests answered")
                .register(registry);
    }
}
