package dynoai.intake.run;

import dynoai.intake.http.RequestException;
import dynoai.intake.upload.LogPublisher;
import dynoai.intake.upload.RecentRuns;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.upload.Upload;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Publishes accepted logs again that have had no end for long, because Kafka may have lost their record. A run that is in
 * progress ignores it. Thread-safe.
 */
public final class OverdueLogs {
    private static final Duration OVERDUE_AFTER = Duration.ofMinutes(10);

    private final Uploads uploads;
    private final LogPublisher publisher;
    private final InstantSource clock;

    private final RecentRuns looked;

    public OverdueLogs(Uploads uploads, LogPublisher publisher, InstantSource clock) {
        this.uploads = uploads;
        this.publisher = publisher;
        this.clock = clock;
        this.looked = new RecentRuns(OVERDUE_AFTER, clock);
    }

    /** Publishes the log of a run if it is overdue, at most once in ten minutes. */
    public void look(RunKey run) throws IOException {
        if (!looked.add(run)) {
            return;
        }
        Optional<Instant> accepted = uploads.accepted(run);
        Optional<Upload> upload = uploads.find(run);
        if (accepted.isEmpty()
                || accepted.get().plus(OVERDUE_AFTER).isAfter(clock.instant())
                || upload.isEmpty()
                || uploads.end(run).isPresent()) {
            return;
        }
        try {
            publisher.requireReady();
            publisher.publish(upload.get().accepted(accepted.get()));
        } catch (RequestException ignored) {
            // Kafka is not available; a later request tries it again.
        }
    }
}
