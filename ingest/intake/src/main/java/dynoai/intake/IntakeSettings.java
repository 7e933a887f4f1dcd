package dynoai.intake;

import dynoai.exporter.shelf.RunShelf;
import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TlsFiles;
import dynoai.schemas.store.ContentStore;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The settings of an intake.
 *
 * @param tls empty for plain HTTP on a loopback address, for tests and behind a proxy
 * @param store of logs, shared with admit and the exporters
 * @param shelf of runs, which only is read
 */
public record IntakeSettings(
        InetSocketAddress address, Optional<TlsFiles> tls, ContentStore store, RunShelf shelf, HttpLimits limits) {}
