package dynoai.engine.stored;

import dynoai.exporter.report.RunsPage;
import dynoai.exporter.report.RunsPage.RejectedLog;
import dynoai.exporter.report.StoredRun;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.ProductVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs and rejected logs of a period.
 *
 * @param period the period in words, as {@code of 2026-03-01}
 * @param runs the runs, oldest first
 * @param rejected the rejected logs, by day and name
 * @param leftOut why run folders are not in the report: they were changed since the run
 */
public record RunsReport(String period, List<StoredRun> runs, List<RejectedLog> rejected, List<String> leftOut) {
    private static final String FIRST_DAY = "0000-01-01";
    private static final String LAST_DAY = "9999-12-31";

    /**
     * Reads the runs at or below a folder.
     *
     * @param from first day in UTC; null for no limit
     * @param to last day in UTC; null for no limit
     * @param drop drop folder whose rejected logs are listed; null for none
     * @throws NoSuchFileException if a folder does not exist
     */
    public static RunsReport of(Path runs, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Path drop)
            throws IOException {
        requireFolder(runs);
        String first = from == null ? FIRST_DAY : from.toString();
        String last = to == null ? LAST_DAY : to.toString();
        List<String> leftOut = new ArrayList<>();
        List<StoredRun> found = StoredRuns.between(runs, first, last, leftOut::add);
        List<RejectedLog> rejected = List.of();
        if (drop != null) {
            requireFolder(drop);
            rejected = StoredRuns.rejectedBetween(drop, first, last);
        }
        return new RunsReport(period(from, to), found, rejected, leftOut);
    }

    /** Returns the same for one shop alone, as it may be given to the shop. */
    public RunsReport ofShop(String shop) {
        return new RunsReport(
                period,
                runs.stream().filter(run -> run.shop().equals(shop)).toList(),
                rejected.stream()
                        .filter(log -> DropLocation.of(log.log(), RunKey.LOCAL_SHOP)
                                .shop()
                                .equals(shop))
                        .toList(),
                leftOut);
    }

    /** Returns the report as an HTML page. */
    public byte[] page() {
        return RunsPage.render(period, runs, rejected, ProductVersion.VERSION);
    }

    private static void requireFolder(Path folder) throws NoSuchFileException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
    }

    private static String period(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null) {
            return to == null ? "of all days" : "to " + to;
        }
        return from.equals(to) ? "of " + from : to == null ? "from " + from : "from " + from + " to " + to;
    }
}
