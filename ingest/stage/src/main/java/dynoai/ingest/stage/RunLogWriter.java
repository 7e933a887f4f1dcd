package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Writes runs to the run log, each in a transaction with its ledger entry; a very long run takes several transactions.
 *
 * @param publishRows whether every row is also published as a record of its own
 */
record RunLogWriter(Transactions transactions, ContentStore store, boolean publishRows, long maxRowsPerTransaction) {
    /** An open transaction delays the other runs of its partition, so a long log must not keep one open. */
    private static final long MAX_ROWS_PER_TRANSACTION = 2_000_000;

    RunLogWriter(Transactions transactions, ContentStore store, boolean publishRows) {
        this(transactions, store, publishRows, MAX_ROWS_PER_TRANSACTION);
    }

    /**
     * Where a run was written.
     *
     * @param end position of the run's last record
     * @param ledgerOffset offset of its ledger entry
     */
    record Written(RecordMetadata end, long ledgerOffset) {}

    /** Writes and commits a run. */
    Written write(EncodedLog log, LedgerEntry.Run entry) throws TransportUnavailableException, IOException {
        Claim claim = log.claim();
        String key = new RunKey(claim.shop(), claim.runId()).toString();
        RunRecords records = new RunRecords(key, transactions.runLogPartitions().of(key, log.rows()));
        transactions.runGuarded("sending run " + claim.runId(), () -> {
            if (publishRows) {
                log.readRows(store, row -> transactions.send(Topics.LOG_ROWS, key, row));
            }
            log.writeTo(records, store);
            records.addToLedger(entry);
            records.flush();
            CrashPoint.INGEST_BEFORE_COMMIT.reached();
        });
        return new Written(
                Objects.requireNonNull(records.end, "flushed"),
                Transactions.position(Objects.requireNonNull(records.inLedger)).offset());
    }

    /** The records of one run. */
    private final class RunRecords implements EncodedLog.RecordSink {
        private final String key;
        private final int partition;
        private long rows;
        private @Nullable Future<RecordMetadata> last;
        private @Nullable Future<RecordMetadata> inLedger;
        private @Nullable RecordMetadata end;

        private RunRecords(String key, int partition) {
            this.key = key;
            this.partition = partition;
        }

        @Override
        public void record(byte[] encoded, int rowsInRecord) {
            if (rows > maxRowsPerTransaction) {
                transactions.split();
                rows = 0;
            }
            last = transactions.sendTracked(Topics.RUN_LOG, partition, key, encoded);
            rows += rowsInRecord;
            CrashPoint.INGEST_MID_TRANSACTION.reached();
        }

        private void addToLedger(LedgerEntry.Run entry) {
            byte[] encoded = Topics.INGEST_LEDGER.format().encode(entry);
            inLedger = transactions.sendTracked(Topics.INGEST_LEDGER, entry.key(), encoded);
        }

        private void flush() {
            end = transactions.flush(Objects.requireNonNull(last, "a run has records"));
        }
    }
}
