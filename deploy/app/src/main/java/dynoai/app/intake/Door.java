package dynoai.app.intake;

import dynoai.exporter.shelf.RunShelf;
import dynoai.intake.Intake;
import dynoai.intake.IntakeSettings;
import dynoai.intake.event.AuditLines;
import dynoai.intake.event.IntakeEvents;
import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TlsFiles;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;

/**
 * Where an intake listens, and what it records.
 *
 * @param tls empty for plain HTTP on a loopback address
 * @param audit takes audit lines
 */
public record Door(InetSocketAddress address, Optional<TlsFiles> tls, AuditLines.Sink audit) {

    /** Starts the intake. */
    public Intake open(ContentStore store, RunShelf shelf, KafkaClients kafka, IntakeEvents events) throws IOException {
        return Intake.start(
                new IntakeSettings(address, tls, store, shelf, HttpLimits.DEFAULT),
                kafka,
                events.and(new AuditLines(audit, Clock.systemUTC())));
    }

    /** The address for shops, for a message. */
    public String url() {
        return (tls.isPresent() ? "https://" : "http://") + address.getHostString() + ":" + address.getPort() + "/";
    }
}
