package dynoai.dashboard;

import dynoai.dashboard.api.Pages;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a dashboard.
 *
 * @param host a name or address to listen on; one that is not loopback needs a token
 * @param port 0 for any free port
 * @param token the access token; null for none
 * @param runs the folder of runs
 * @param drop the drop folder, for rejected logs; null if not available
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
        Supplier<Pages.Health> ready) {}
