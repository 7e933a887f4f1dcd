package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimStorage;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/** Sends prepared runs. A run ends here, without being sent, when its log is rejected or a duplicate. */
record RunSender(
        ClaimStorage claims,
        RunTransport transport,
        Admission admission,
        IngestEvents events,
        LongSupplier nanoClock,
        Duration settle) {

    /**
     * Sends a run, or ends it, or makes it due again later.
     *
     * @throws NoSuchFileException when the log was removed from the work folder before it was read
     */
    void send(TrackedRun run, RunState.Prepared prepared) throws TransportUnavailableException, NoSuchFileException {
        Claim claim = prepared.claim();
        try (PreparedLog log = await(prepared)) {
            claim = log.claim();
            Optional<RunState.Ended> rejected = rejected(prepared, log);
            if (rejected.isPresent()) {
                run.transitionTo(rejected.get());
                return;
            }
            log.keep();
            claim = claim.nextAttempt();
            claims.save(claim);
            CrashPoint.INGEST_BEFORE_TRANSACTION.reached();
            long began = nanoClock.getAsLong();
            String receipt = log.send();
            events.transactionCommitted(claim, nanoClock.getAsLong() - began);
            CrashPoint.INGEST_AFTER_COMMIT.reached();
            claims.saveReceipt(claim, receipt);
            run.sent(prepared.sent(claim));
            events.fileCommitted(claim);
        } catch (PreparedLog.StillChangingException e) {
            run.settleAgain(prepared, e, settle);
        } catch (IOException e) {
            if (e instanceof NoSuchFileException removed && claim.attempt() == 0 && claims.isGone(prepared.claim())) {
                throw removed;
            }
            run.retryLater(e);
        } finally {
            if (run.state() == prepared) {
                run.transitionTo(prepared.retry(claim));
            }
            if (claim.attempt() == 0) {
                admission.free(claim);
            }
        }
    }

    private static PreparedLog await(RunState.Prepared prepared) throws IOException {
        try {
            return prepared.log().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the log was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Optional<RunState.Ended> rejected(RunState.Prepared prepared, PreparedLog log)
            throws TransportUnavailableException, IOException {
        Claim claim = log.claim();
        if (log.rejection().isPresent()) {
            return Optional.of(prepared.rejected(claim, log.rejection().get()));
        }
        Optional<String> reservedBy = admission.reserve(claim);
        if (claim.force() || claim.attempt() > 0) {
            return Optional.empty();
        }
        Optional<String> known = reservedBy.isPresent() ? reservedBy : stillKnown(claim, log);
        return known.filter(earlier -> !earlier.equals(claim.runId()))
                .map(earlier -> prepared.rejected(claim.duplicateOf(earlier), duplicate(claim, earlier)));
    }

    /** Returns the run of the ledger, unless retention has removed its log: then nothing of the run is left to refer to. */
    private Optional<String> stillKnown(Claim claim, PreparedLog log)
            throws TransportUnavailableException, IOException {
        Optional<String> earlier = transport.runOf(RunIdentity.of(claim));
        return earlier.isPresent() && log.isStored() ? earlier : Optional.empty();
    }

    private static Rejection duplicate(Claim claim, String earlier) {
        return Rejection.of(
                FailureCode.DUPLICATE,
                claim.name() + ": the same bytes with the same options are already run " + earlier,
                "dynoai replay " + earlier + " analyses it again, also if its run folder was removed");
    }
}
