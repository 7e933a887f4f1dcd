package dynoai.engine.session;

import dynoai.engine.stored.DropLocation;
import dynoai.exporter.manifest.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;

/**
 * A successful run as a part of a session.
 *
 * @param runId the name of its folder
 * @param startedMillis when the log was claimed
 */
public record SessionRun(Path folder, Place place, String runId, long startedMillis) {
    /** The order of runs in a session, which does not depend on how they were found: by start, then by id. */
    static final Comparator<SessionRun> ORDER =
            Comparator.comparingLong(SessionRun::startedMillis).thenComparing(SessionRun::runId);

    /** @param shop the shop in whose folder the run is */
    static SessionRun of(Path folder, Manifest manifest, String shop) {
        DropLocation location = DropLocation.of(manifest.text("input", "path"), shop);
        return new SessionRun(
                folder,
                new Place(shop, location.cell(), location.bike()),
                folder.getFileName().toString(),
                started(manifest));
    }

    private static long started(Manifest manifest) {
        try {
            return Instant.parse(manifest.text("created_at")).toEpochMilli();
        } catch (DateTimeParseException ignored) {
            return 0; // The manifest was changed by hand.
        }
    }
}
