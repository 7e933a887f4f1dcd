package dynoai.app.shop;

import dynoai.schemas.record.ShopEntry;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The limits of a shop as flags. Those that are not given stay as they are. */
final class LimitFlags {
    @Option(names = "--requests-per-second", paramLabel = "N", description = "Requests a second.")
    private @Nullable Integer requests;

    @Option(names = "--bytes-per-day", paramLabel = "N", description = "Bytes of logs a day.")
    private @Nullable Long bytesPerDay;

    @Option(names = "--open-uploads", paramLabel = "N", description = "Uploads that have begun and not ended.")
    private @Nullable Integer openUploads;

    @Option(names = "--largest-log", paramLabel = "BYTES", description = "The largest log.")
    private @Nullable Long largestLog;

    @Option(names = "--weight", paramLabel = "N", description = "Share in the shops' turns; 2 has twice the rows of 1.")
    private @Nullable Integer weight;

    @Option(names = "--runs", paramLabel = "N", description = "Runs in flight.")
    private @Nullable Integer runs;

    @Option(names = "--rows", paramLabel = "N", description = "Rows in flight.")
    private @Nullable Long rows;

    /** @throws IllegalArgumentException for a negative limit */
    ShopEntry.Limits over(ShopEntry.Limits known) {
        return new ShopEntry.Limits(
                known.shop(),
                Math.toIntExact(or(requests, known.requestsPerSecond())),
                or(bytesPerDay, known.bytesPerDay()),
                Math.toIntExact(or(openUploads, known.openUploads())),
                or(largestLog, known.largestLog()),
                Math.toIntExact(or(weight, known.weight())),
                Math.toIntExact(or(runs, known.runsInFlight())),
                or(rows, known.rowsInFlight()));
    }

    private static long or(@Nullable Number given, long known) {
        long limit = given == null ? known : given.longValue();
        if (limit < 0) {
            throw new IllegalArgumentException("a limit is 0, for its default, or more, not " + limit);
        }
        return limit;
    }

    static Map<String, @Nullable Object> toJson(ShopEntry.Limits limits) {
        Map<String, @Nullable Object> json = new TreeMap<>(numbers(limits));
        json.put("shop", limits.shop());
        return json;
    }

    /** Returns those that are set. */
    static String text(ShopEntry.Limits limits) {
        String set = numbers(limits).entrySet().stream()
                .filter(each -> each.getValue() != 0)
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
        return set.isEmpty() ? "all defaults" : set;
    }

    private static Map<String, Long> numbers(ShopEntry.Limits limits) {
        return new TreeMap<>(Map.of(
                "requests_per_second", (long) limits.requestsPerSecond(),
                "bytes_per_day", limits.bytesPerDay(),
                "open_uploads", (long) limits.openUploads(),
                "largest_log", limits.largestLog(),
                "weight", (long) limits.weight(),
                "runs", (long) limits.runsInFlight(),
                "rows", limits.rowsInFlight()));
    }
}
