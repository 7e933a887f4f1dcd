package dynoai.app.node;

import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.FileState;
import dynoai.ingest.folder.IngestEvents;
import java.nio.file.Path;
import java.util.List;

/** Passes the events of the ingest to several listeners. */
record IngestListeners(List<IngestEvents> all) implements IngestEvents {
    @Override
    public void fileChanged(Path file, FileState state) {
        all.forEach(listener -> listener.fileChanged(file, state));
    }

    @Override
    public void fileVanished(Path file) {
        all.forEach(listener -> listener.fileVanished(file));
    }

    @Override
    public void fileStarted(Claim claim) {
        all.forEach(listener -> listener.fileStarted(claim));
    }

    @Override
    public void logRead(Claim claim, long nanos) {
        all.forEach(listener -> listener.logRead(claim, nanos));
    }

    @Override
    public void transactionCommitted(Claim claim, long nanos) {
        all.forEach(listener -> listener.transactionCommitted(claim, nanos));
    }

    @Override
    public void fileCommitted(Claim claim) {
        all.forEach(listener -> listener.fileCommitted(claim));
    }

    @Override
    public void runResent(Claim claim) {
        all.forEach(listener -> listener.runResent(claim));
    }

    @Override
    public void claimRecovered(Claim claim) {
        all.forEach(listener -> listener.claimRecovered(claim));
    }

    @Override
    public void scanned(int logs, long nanos) {
        all.forEach(listener -> listener.scanned(logs, nanos));
    }

    @Override
    public void claimingPaused(String why) {
        all.forEach(listener -> listener.claimingPaused(why));
    }

    @Override
    public void recordSkipped(String topic, int partition, long offset, String why) {
        all.forEach(listener -> listener.recordSkipped(topic, partition, offset, why));
    }

    @Override
    public void transientFailure(String where, Exception cause) {
        all.forEach(listener -> listener.transientFailure(where, cause));
    }
}
