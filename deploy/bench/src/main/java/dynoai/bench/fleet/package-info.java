/**
 * What an intake is measured with: the clients of shops ({@link dynoai.bench.fleet.TlsClient}), those that wish it ill
 * ({@link dynoai.bench.fleet.HostileClients}), and a server that does no more than necessary ({@link
 * dynoai.bench.fleet.PlainJetty}).
 */
@NullMarked
package dynoai.bench.fleet;

import org.jspecify.annotations.NullMarked;
