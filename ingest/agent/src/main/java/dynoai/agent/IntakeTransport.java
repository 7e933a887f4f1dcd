package dynoai.agent;

import dynoai.agent.http.IntakeAddress;
import dynoai.agent.http.IntakeClient;
import dynoai.agent.http.IntakeRun;
import dynoai.agent.http.IntakeUnavailableException;
import dynoai.agent.http.RequestRejectedException;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries runs to an intake. The intake alone decides about duplicates. The run id is the id of the upload, so a run that is
 * sent again continues where it was.
 */
final class IntakeTransport implements RunTransport {
    /** Errors of the intake that a log will have each time it is sent. */
    private static final Map<String, FailureCode> LASTING = Map.of(
            "TOO_LARGE", FailureCode.FILE_TOO_LARGE,
            "INVALID_OPTION", FailureCode.OPTION_REFUSED,
            "INVALID_NAME", FailureCode.OTHER,
            "RUN_ID_CONFLICT", FailureCode.RUN_ID_CONFLICT);

    private final IntakeAddress intake;
    private final IntakeClient client;
    private final ResumableUpload upload;
    private final RunResults results;
    private final Connection connection;
    private final ContentStore store;
    private final UploadedLogs logs;

    IntakeTransport(
            IntakeAddress intake,
            IntakeClient client,
            ResumableUpload upload,
            RunResults results,
            Connection connection,
            ContentStore store,
            UploadedLogs logs) {
        this.intake = intake;
        this.client = client;
        this.upload = upload;
        this.results = results;
        this.connection = connection;
        this.store = store;
        this.logs = logs;
    }

    @Override
    public boolean isAvailable() {
        return connection.maySend();
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) {
        return Optional.empty();
    }

    /** A log that was sent before, at least in part, was checked then. */
    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        logs.need(claim);
        if (claim.attempt() <= 1) {
            Preflight.check(claim, bytes);
        }
        return () -> send(claim);
    }

    private String send(Claim claim) throws TransportUnavailableException, IOException {
        if (!connection.maySend()) {
            throw new TransportUnavailableException(connection.error(), null);
        }
        try {
            upload.send(claim, store.fetch(claim.sha256()));
            connection.succeeded();
            results.await(claim);
        } catch (IntakeUnavailableException e) {
            connection.failed(e);
            throw new TransportUnavailableException(String.valueOf(e.getMessage()), e);
        } catch (RequestRejectedException e) {
            connection.succeeded();
            results.add(new Result(claim.key(), 0, claim.sha256(), Optional.of(rejection(claim, e)), true));
        }
        return claim.runId() + " " + intake;
    }

    /** @throws RequestRejectedException if the same upload may be accepted later */
    private static Rejection rejection(Claim claim, RequestRejectedException e) throws RequestRejectedException {
        FailureCode code = LASTING.get(e.code());
        if (code == null) {
            throw e;
        }
        return Rejection.of(code, claim.name() + ": " + e.getMessage(), e.hint());
    }

    /** The log is rejected here and was never sent, so the intake has nothing of it. */
    @Override
    public void reject(Claim claim, Rejection rejection) {}

    /** The intake ended the run, or has a part of it at most, which expires. */
    @Override
    public void abandon(Claim claim, Rejection rejection) {}

    /** While the intake cannot be reached, a run that it accepted counts as in flight. */
    @Override
    public boolean isInFlight(Claim claim, String receipt) {
        if (receipt.isEmpty()) {
            return false;
        }
        Optional<RunResults.Standing> standing = results.standing(claim.runId());
        boolean lost = standing.equals(Optional.of(RunResults.Standing.LOST))
                || standing.isPresent() && connection.isUp() && isIncomplete(claim);
        if (!lost) {
            logs.need(claim);
            results.await(claim);
        }
        return !lost;
    }

    private boolean isIncomplete(Claim claim) {
        try {
            IntakeRun run = client.run(claim.runId());
            connection.succeeded();
            return run.isIncomplete();
        } catch (IntakeUnavailableException e) {
            connection.failed(e);
        } catch (IOException ignored) {
            // The answer does not describe a run, so nothing is known of it.
            return false;
        }
        return false;
    }

    @Override
    public List<Result> results() {
        return results.take();
    }
}
