package dynoai.dashboard;

import dynoai.dashboard.api.Pages;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a dashboard listens and what it shows.
 *
 * @param host a name or an address; anything but loopback needs a token
 * @param port 0 for any free one
 * @param token null when none is needed
 * @param runs the folder of runs
 * @param drop the drop folder, for rejected logs; null when it is not here
 * @param metrics the metrics page in Prometheus' text format
 */
public record DashboardSettings(
        String host,
        int port,
        @Nullable String token,
        Path runs,
        @Nullable Path drop,
        Supplier<String> metrics,
        Supplier<Pages.Health> live,
        Supplier<Pages.Health> ready) {

    /** A dashboard of folders alone: no metrics, and always ready. */
    public static DashboardSettings alone(
            String host, int port, @Nullable String token, Path runs, @Nullable Path drop) {
        Supplier<Pages.Health> well = () -> new Pages.Health(true, "ready");
        return new DashboardSettings(host, port, token, runs, drop, () -> "", well, well);
    }
}
