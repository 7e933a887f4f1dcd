package dynoai.ingest.admit;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transport that returns a result again for a run whose log is seen after it: another process sent the run, and its partition
 * came here later.
 */
final class RecentResults implements RunTransport {
    private static final int MAX_RESULTS = 20_000;

    private final RunTransport transport;
    private final List<Result> repeated = new ArrayList<>();
    private final Map<RunKey, Result> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunKey, Result> eldest) {
            return size() > MAX_RESULTS;
        }
    };

    RecentResults(RunTransport transport) {
        this.transport = transport;
    }

    /** Returns the latest result of a run with the next results, if there is one. */
    void repeat(RunKey run) {
        Result result = recent.get(run);
        if (result != null) {
            repeated.add(result);
        }
    }

    @Override
    public List<Result> results() throws TransportUnavailableException {
        List<Result> results = new ArrayList<>(transport.results());
        for (Result result : results) {
            if (result.signed()) {
                recent.put(result.run(), result);
            }
        }
        results.addAll(repeated);
        repeated.clear();
        return results;
    }

    @Override
    public boolean isAvailable() {
        return transport.isAvailable();
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) throws TransportUnavailableException {
        return transport.runOf(identity);
    }

    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        return transport.prepare(claim, bytes);
    }

    @Override
    public void reject(Claim claim, Rejection rejection) throws TransportUnavailableException {
        transport.reject(claim, rejection);
    }

    @Override
    public void abandon(Claim claim, Rejection rejection) throws TransportUnavailableException {
        transport.abandon(claim, rejection);
    }

    @Override
    public boolean isInFlight(Claim claim, String receipt) throws TransportUnavailableException {
        return transport.isInFlight(claim, receipt);
    }
}
