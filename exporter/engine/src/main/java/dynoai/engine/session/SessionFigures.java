package dynoai.engine.session;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.verdict.Corrections;
import dynoai.exporter.verdict.Ridden;
import dynoai.exporter.verdict.RidePlan;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was ridden in a session, and what to ride next.
 *
 * @param front the accepted rows of all its runs, with spread and clamp of the latest one
 */
public record SessionFigures(Ridden front, Ridden rear, RidePlan ride) {
    /** @param runs of the session, oldest first */
    public static SessionFigures of(List<SessionRun> runs) throws IOException {
        long[][] rows = new long[Cylinder.values().length][GridAxes.CELLS];
        @Nullable Corrections latest = null;
        for (SessionRun run : runs) {
            Optional<Manifest> manifest = ManifestReader.find(run.folder());
            if (manifest.isPresent()) {
                for (Cylinder cylinder : Cylinder.values()) {
                    List<Long> accepted = Corrections.acceptedRows(manifest.get(), cylinder);
                    long[] sums = rows[cylinder.ordinal()];
                    Arrays.setAll(sums, cell -> sums[cell] + accepted.get(cell));
                }
                if (run.equals(runs.get(runs.size() - 1))) {
                    latest = Corrections.read(run.folder(), manifest.get());
                }
            }
        }
        Ridden front = ridden(rows, latest, Cylinder.FRONT);
        Ridden rear = ridden(rows, latest, Cylinder.REAR);
        return new SessionFigures(front, rear, RidePlan.of(front, rear, Double.NaN));
    }

    public Ridden of(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }

    private static Ridden ridden(long[][] rows, @Nullable Corrections latest, Cylinder cylinder) {
        Ridden last = latest == null ? Ridden.NOTHING : latest.of(cylinder).ridden();
        List<Long> sums = LongStream.of(rows[cylinder.ordinal()]).boxed().toList();
        return new Ridden(sums, last.mad(), Set.copyOf(last.cut()));
    }

    /** Returns the cells in which a cylinder has fewer rows than enough. A cylinder without any row does not count. */
    public List<Integer> cellsToRide(long enough) {
        List<Ridden> cylinders =
                Stream.of(front, rear).filter(ridden -> ridden.covered() > 0).toList();
        return IntStream.range(0, GridAxes.CELLS)
                .filter(cell -> cylinders.isEmpty()
                        || cylinders.stream().anyMatch(ridden -> ridden.rows().get(cell) < enough))
                .boxed()
                .toList();
    }
}
